# Generated from src/cli/table.ts by: npm run generate
@{
  Regions = @('af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1', 'eusc-de-east-1')
  Plugins = @('kube', 'mfa-command', 'protect', 'terraform', 'vars')
  Commands = @(
  @{
    Name = ''
    Text = 'Switch the AWS profile of this shell.'
    Places = @{ '1' = 'profile' }
  }
  @{
    Name = 'list'
    Text = 'Show the profiles with account, role, region, kind and session.'
    Places = @{ '1' = 'text' }
  }
  @{
    Name = 'status'
    Text = 'Show what is active in this shell and where it comes from.'
    Places = @{  }
  }
  @{
    Name = 'doctor'
    Text = 'Say what is wrong with the set-up, and the command that mends it.'
    Places = @{ '+' = '=shell,path,node,config,profiles,files,environment,clock,sessions,keys,directory,tools,plugins,network'; '1' = '=shell,path,node,config,profiles,files,environment,clock,sessions,keys,directory,tools,plugins,network' }
  }
  @{
    Name = 'here'
    Text = 'Show or set the profile of this directory, and say whether its file counts.'
    Places = @{ '1' = 'profile' }
  }
  @{
    Name = 'exec'
    Text = 'Run one command as a profile; this shell stays as it is.'
    Places = @{ '1' = 'profile'; '2' = 'command' }
  }
  @{
    Name = 'env'
    Text = 'Print a switch for eval in scripts and CI.'
    Places = @{ '1' = 'profile' }
  }
  @{
    Name = 'serve'
    Text = 'Give credentials to containers, remote hosts and programs that read no profiles.'
    Places = @{ '1' = 'profile'; '2' = 'behind-dashes' }
  }
  @{
    Name = 'console'
    Text = 'Open the AWS console as a profile, in its own browser.'
    Places = @{ '+' = 'profile'; '1' = 'profile' }
  }
  @{
    Name = 'credential-process'
    Text = 'Print keys as the SDKs read them from the program that credential_process names.'
    Places = @{ '1' = 'profile' }
  }
  @{
    Name = 'credentials-file'
    Text = 'Write the keys of a profile to the AWS credentials file, for tools that read nothing else.'
    Places = @{ '1' = 'profile' }
  }
  @{
    Name = 'whoami'
    Text = 'Ask AWS who you are: account, alias, ARN.'
    Places = @{ '1' = 'profile' }
  }
  @{
    Name = 'login'
    Text = 'Log in to an Identity Center session, or get a session with a stored key; the AWS CLI and the SDKs use it too.'
    Places = @{ '1' = 'session-or-profile' }
  }
  @{
    Name = 'logout'
    Text = 'End an Identity Center session, or that of a stored key, and remove what was cached with it.'
    Places = @{ '1' = 'session-or-profile' }
  }
  @{
    Name = 'configure'
    Text = 'Write a profile for an account and a role of Identity Center: asks, logs in, shows, writes.'
    Places = @{  }
  }
  @{
    Name = 'sync'
    Text = 'Write a profile for every account and role of an Identity Center session.'
    Places = @{ '1' = 'session-or-profile' }
  }
  @{
    Name = 'sandbox'
    Text = 'Try everything without an AWS account: a throw-away home with a local Identity Center.'
    Places = @{ '1' = 'command' }
  }
  @{
    Name = 'plugin'
    Text = 'Show, enable, disable and try plugins: what else changes with the profile.'
    Places = @{ '1' = '=list,enable,disable,check'; '2' = 'text'; '2/enable' = 'plugin'; '2/disable' = 'plugin'; '2/check' = 'file' }
  }
  @{
    Name = 'keys'
    Text = 'Keep long-lived keys in the system''s keyring or in encrypted files, and replace them.'
    Places = @{ '1' = '=add,list,rotate,passphrase,remove'; '2' = 'text'; '2/add' = 'profile'; '2/rotate' = 'profile'; '2/remove' = 'profile' }
  }
  @{
    Name = 'import'
    Text = 'Come over from another tool: shows what becomes of its profiles, asks, changes them.'
    Places = @{ '1' = '=granted,aws-vault,aws-sso-cli,awsume,aws-sso-util,saml2aws,leapp,oh-my-zsh' }
  }
  @{
    Name = 'setup'
    Text = 'Load assume in your shells: shows the changes to the rc files, asks, makes them.'
    Places = @{  }
  }
  @{
    Name = 'settings'
    Text = 'Show and change assume''s own settings.'
    Places = @{ '1' = '=list,get,set'; '2' = 'text'; '2/get' = '=assume_region,assume_mode,assume_renew,assume_key_store,assume_session_duration,assume_session_token,assume_login,assume_browser,assume_browser_profile,assume_container,assume_color,assume_icon'; '2/set' = '=assume_region,assume_mode,assume_renew,assume_key_store,assume_session_duration,assume_session_token,assume_login,assume_browser,assume_browser_profile,assume_container,assume_color,assume_icon'; '3' = 'text'; '3/set/assume_region' = '=on,off'; '3/set/assume_mode' = '=auto,profile,export'; '3/set/assume_renew' = '=on,off'; '3/set/assume_key_store' = '=os,file'; '3/set/assume_session_duration' = '=15m,1h,12h,36h'; '3/set/assume_session_token' = '=on,off'; '3/set/assume_login' = '=auto,pkce,device-code'; '3/set/assume_browser' = '=chrome,chromium,brave,edge,vivaldi,arc,safari,firefox,librewolf,waterfox,zen,off'; '3/set/assume_container' = '=granted,container,off'; '3/set/assume_color' = '=blue,turquoise,green,yellow,orange,red,pink,purple'; '3/set/assume_icon' = '=fingerprint,briefcase,dollar,cart,circle,gift,vacation,food,fruit,pet,tree,chill' }
  }
  @{
    Name = 'help'
    Text = 'Show what there is, or the help of one command.'
    Places = @{ '1' = '=list,status,doctor,here,exec,env,serve,console,credential-process,credentials-file,whoami,login,logout,configure,sync,sandbox,plugin,keys,import,setup,settings,help' }
  }
  )
}
