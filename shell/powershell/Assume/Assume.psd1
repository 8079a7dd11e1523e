@{
  RootModule = 'Assume.psm1'
  ModuleVersion = '0.1.0'
  GUID = '9928f3a7-7858-4013-b348-d2c450454f3b'
  Author = 'The assume authors'
  Copyright = 'Copyright (c) 2026 The assume authors. MIT License.'
  Description = 'Switch the AWS profile of this shell. Part of assume, which has to be installed with it.'
  PowerShellVersion = '5.1'
  CompatiblePSEditions = @('Desktop', 'Core')
  FunctionsToExport = '*'
  CmdletsToExport = @()
  VariablesToExport = @()
  AliasesToExport = @()
  PrivateData = @{
    PSData = @{
      Tags = @('AWS', 'SSO', 'Profile', 'Credentials', 'PSEdition_Desktop', 'PSEdition_Core')
    }
  }
}
