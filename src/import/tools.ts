import type { ImportTool } from './plan.ts'
import { awsSsoCli } from './tools/aws-sso-cli.ts'
import { awsSsoUtil } from './tools/aws-sso-util.ts'
import { awsVault } from './tools/aws-vault.ts'
import { awsume } from './tools/awsume.ts'
import { granted } from './tools/granted.ts'
import { leapp } from './tools/leapp.ts'
import { ohMyZsh } from './tools/oh-my-zsh.ts'
import { saml2aws } from './tools/saml2aws.ts'

/** Every tool that one can come over from, in the order of the command line. */
export const importTools: readonly ImportTool[] = [
  granted,
  awsVault,
  awsSsoCli,
  awsume,
  awsSsoUtil,
  saml2aws,
  leapp,
  ohMyZsh,
]
