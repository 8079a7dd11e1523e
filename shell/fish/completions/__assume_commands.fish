# Generated from src/cli/table.ts by: npm run generate
set --global --unexport __assume_regions af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1 eusc-de-east-1
set --global --unexport __assume_plugins kube mfa-command protect terraform vars
set --global --unexport __assume_flag_table \
    ' --profile profile the profile, also one that is called like a subcommand' \
    ' -p profile the profile, also one that is called like a subcommand' \
    ' --region region this region instead of the one of the profile' \
    ' -r region this region instead of the one of the profile' \
    ' --export  temporary keys instead of AWS_PROFILE' \
    ' -e  temporary keys instead of AWS_PROFILE' \
    ' --role text assume this role too, with the credentials of the profile; implies --export' \
    ' -R text assume this role too, with the credentials of the profile; implies --export' \
    ' --account text an account of Identity Center, with --role-name instead of a profile; implies --export' \
    ' --role-name text the role in that account' \
    ' --session session the sso-session for --account, where there are several' \
    ' --duration =15m,1h,4h,12h how long the keys of an assumed role are good, such as 1h or 90m; implies --export' \
    ' --mfa-code text the code of the MFA device, instead of being asked for it; implies --export' \
    ' --refresh  ignore cached credentials' \
    ' --device-code  log in with a code, on any device, instead of this browser' \
    ' --no-login  open nothing; switch even without a session' \
    ' --yes  ask nothing, where a guard allows that' \
    ' -y  ask nothing, where a guard allows that' \
    ' --dry-run  show what would change, change nothing' \
    ' --console  open the AWS console instead of switching' \
    ' -c  open the AWS console instead of switching' \
    ' --service service what to open: a service, a path, an ARN, or a URL of the console; several: -s s3 -s ec2; implies --console' \
    ' -s service what to open: a service, a path, an ARN, or a URL of the console; several: -s s3 -s ec2; implies --console' \
    ' --url  print the address instead of opening it; but for a link to the portal, whoever has it is signed in; with --console' \
    ' --copy  put the address on the clipboard of this terminal; with --console' \
    ' --federate  sign in with keys also where a link to the portal would do; with --console' \
    ' --browser =chrome,chromium,brave,edge,vivaldi,arc,safari,firefox,librewolf,waterfox,zen a browser by its name, or a command with %s for the address; with --console' \
    ' --browser-profile text which profile of the browser; with --console' \
    ' --container =granted,container,off a container of Firefox, by its add-on; with --console' \
    ' --unset  give this shell back what it had before the first switch' \
    ' -u  give this shell back what it had before the first switch' \
    'list --names  print the names only, one a line' \
    'list --json  print JSON' \
    'status --json  print JSON' \
    'doctor --online  ask the network, too: endpoints, proxy, certificates, clock' \
    'doctor --json  print JSON' \
    'here --profile profile the profile, also one that is called like a subcommand' \
    'here -p profile the profile, also one that is called like a subcommand' \
    'here --region region with PROFILE: this region instead of its own' \
    'here -r region with PROFILE: this region instead of its own' \
    'here --allow  the file that counts here is in force, as long as it says what it says now' \
    'here --deny  it never is, and nothing is said of it' \
    'here --forget  as if neither had been said' \
    'here --tree file with these: not for this directory, but for all files in DIR and below' \
    'here --profiles text with --allow --tree: for which profiles, as in \'dev,*-readonly\'' \
    'here --yes  with PROFILE: change a file that says something else without asking' \
    'here -y  with PROFILE: change a file that says something else without asking' \
    'here --json  print JSON' \
    'exec --profile profile the profile, also one that is called like a subcommand' \
    'exec -p profile the profile, also one that is called like a subcommand' \
    'exec --region region this region instead of the one of the profile' \
    'exec -r region this region instead of the one of the profile' \
    'exec --export  temporary keys instead of AWS_PROFILE' \
    'exec -e  temporary keys instead of AWS_PROFILE' \
    'exec --role text assume this role too, with the credentials of the profile; implies --export' \
    'exec -R text assume this role too, with the credentials of the profile; implies --export' \
    'exec --account text an account of Identity Center, with --role-name instead of a profile; implies --export' \
    'exec --role-name text the role in that account' \
    'exec --session session the sso-session for --account, where there are several' \
    'exec --duration =15m,1h,4h,12h how long the keys of an assumed role are good, such as 1h or 90m; implies --export' \
    'exec --mfa-code text the code of the MFA device, instead of being asked for it; implies --export' \
    'exec --refresh  ignore cached credentials' \
    'exec --device-code  log in with a code, on any device, instead of this browser' \
    'exec --no-login  open nothing; switch even without a session' \
    'exec --yes  ask nothing, where a guard allows that' \
    'exec -y  ask nothing, where a guard allows that' \
    'env --profile profile the profile, also one that is called like a subcommand' \
    'env -p profile the profile, also one that is called like a subcommand' \
    'env --region region this region instead of the one of the profile' \
    'env -r region this region instead of the one of the profile' \
    'env --export  temporary keys instead of AWS_PROFILE' \
    'env -e  temporary keys instead of AWS_PROFILE' \
    'env --role text assume this role too, with the credentials of the profile; implies --export' \
    'env -R text assume this role too, with the credentials of the profile; implies --export' \
    'env --account text an account of Identity Center, with --role-name instead of a profile; implies --export' \
    'env --role-name text the role in that account' \
    'env --session session the sso-session for --account, where there are several' \
    'env --duration =15m,1h,4h,12h how long the keys of an assumed role are good, such as 1h or 90m; implies --export' \
    'env --mfa-code text the code of the MFA device, instead of being asked for it; implies --export' \
    'env --refresh  ignore cached credentials' \
    'env --device-code  log in with a code, on any device, instead of this browser' \
    'env --no-login  open nothing; switch even without a session' \
    'env --yes  ask nothing, where a guard allows that' \
    'env -y  ask nothing, where a guard allows that' \
    'env --shell =bash,zsh,fish,powershell the shell that will evaluate it' \
    'env -s =bash,zsh,fish,powershell the shell that will evaluate it' \
    'env --format =shell,json,dotenv json and dotenv are for other programs' \
    'env -f =shell,json,dotenv json and dotenv are for other programs' \
    'serve --profile profile the profile, also one that is called like a subcommand' \
    'serve -p profile the profile, also one that is called like a subcommand' \
    'serve --port text listen on this port of 127.0.0.1 too, with a token; 0 for any' \
    'serve --socket file the place of the socket; with a command: a socket beside its port' \
    'serve --mfa-code text the code of the MFA device, instead of being asked for it' \
    'serve --device-code  log in with a code, on any device, instead of this browser' \
    'serve --yes  ask nothing, where a guard allows that' \
    'serve -y  ask nothing, where a guard allows that' \
    'console --profile profile the profile, also one that is called like a subcommand' \
    'console -p profile the profile, also one that is called like a subcommand' \
    'console --service service what to open: a service, a path, an ARN, or a URL of the console; several: -s s3 -s ec2' \
    'console -s service what to open: a service, a path, an ARN, or a URL of the console; several: -s s3 -s ec2' \
    'console --region region this region instead of the one of the profile' \
    'console -r region this region instead of the one of the profile' \
    'console --url  print the address instead of opening it; but for a link to the portal, whoever has it is signed in' \
    'console --copy  put the address on the clipboard of this terminal' \
    'console --federate  sign in with keys also where a link to the portal would do' \
    'console --browser =chrome,chromium,brave,edge,vivaldi,arc,safari,firefox,librewolf,waterfox,zen a browser by its name, or a command with %s for the address' \
    'console --browser-profile text which profile of the browser' \
    'console --container =granted,container,off a container of Firefox, by its add-on' \
    'console --duration =1h,4h,12h how long the console lasts, where AWS lets that be said' \
    'console --account text an account of Identity Center, with --role-name instead of a profile' \
    'console --role-name text the role in that account' \
    'console --session session the sso-session for --account, where there are several' \
    'console --role text assume this role too, with the credentials of the profile' \
    'console -R text assume this role too, with the credentials of the profile' \
    'console --mfa-code text the code of the MFA device, instead of being asked for it' \
    'console --refresh  ignore cached credentials' \
    'console --device-code  log in with a code, on any device, instead of this browser' \
    'console --no-login  log in nowhere; fail where keys need a session' \
    'console --yes  ask nothing, where a guard allows that' \
    'console -y  ask nothing, where a guard allows that' \
    'credential-process --profile profile the profile, also one that is called like a subcommand' \
    'credential-process -p profile the profile, also one that is called like a subcommand' \
    'credential-process --login  log in when there is no session; otherwise nothing is ever opened' \
    'credential-process --device-code  log in with a code, on any device, instead of this browser' \
    'credentials-file --as text the section of the credentials file: a new one, or one that this command wrote' \
    'credentials-file --remove  take the section out again' \
    'credentials-file --profile profile the profile, also one that is called like a subcommand' \
    'credentials-file -p profile the profile, also one that is called like a subcommand' \
    'credentials-file --region region this region instead of the one of the profile' \
    'credentials-file -r region this region instead of the one of the profile' \
    'credentials-file --role text assume this role too, with the credentials of the profile' \
    'credentials-file -R text assume this role too, with the credentials of the profile' \
    'credentials-file --duration =15m,1h,4h,12h how long the keys of an assumed role are good, such as 1h or 90m' \
    'credentials-file --mfa-code text the code of the MFA device, instead of being asked for it' \
    'credentials-file --refresh  ignore cached credentials' \
    'credentials-file --device-code  log in with a code, on any device, instead of this browser' \
    'credentials-file --no-login  open nothing; fail without a session' \
    'whoami --profile profile the profile, also one that is called like a subcommand' \
    'whoami -p profile the profile, also one that is called like a subcommand' \
    'whoami --mfa-code text the code of the MFA device, instead of being asked for it' \
    'whoami --refresh  ignore cached credentials' \
    'whoami --device-code  log in with a code, on any device, instead of this browser' \
    'whoami --no-login  open nothing; fail without a session' \
    'whoami --json  print JSON' \
    'login --profile profile the profile, also one that is called like a subcommand' \
    'login -p profile the profile, also one that is called like a subcommand' \
    'login --device-code  log in with a code, on any device, instead of this browser' \
    'login --no-browser  open no browser, print the address' \
    'login --all  log in to every session of the config file' \
    'logout --profile profile the profile, also one that is called like a subcommand' \
    'logout -p profile the profile, also one that is called like a subcommand' \
    'logout --all  end every session of the config file' \
    'configure --session session the sso-session, one of the config file or a new name' \
    'configure --legacy  the older form: the profile says itself where its session is, no sso-session is written' \
    'configure --start-url text start URL of a new session, as in https://my-company.awsapps.com/start' \
    'configure --sso-region region where Identity Center of a new session is' \
    'configure --scopes text registration scopes of a new session, separated by commas' \
    'configure --account text the account; together with --role-name taken as it is, without a login' \
    'configure --role-name text the role in the account' \
    'configure --region region default region of the profile; "none" for none' \
    'configure -r region default region of the profile; "none" for none' \
    'configure --output =json,yaml,yaml-stream,text,table,none output format of the AWS CLI' \
    'configure --profile profile the name of the profile, a new one or one to update' \
    'configure -p profile the name of the profile, a new one or one to update' \
    'configure --device-code  log in with a code, on any device, instead of this browser' \
    'configure --yes  ask nothing, take the defaults' \
    'configure -y  ask nothing, take the defaults' \
    'configure --dry-run  show what would change, change nothing' \
    'sync --profile profile the profile, also one that is called like a subcommand' \
    'sync -p profile the profile, also one that is called like a subcommand' \
    'sync --template text names of new profiles, by default {account_name}-{role}; also account_id, email, session, and slug, lower, upper behind a |' \
    'sync -t text names of new profiles, by default {account_name}-{role}; also account_id, email, session, and slug, lower, upper behind a |' \
    'sync --region region the region of new profiles, or none; by default that of the session' \
    'sync -r region the region of new profiles, or none; by default that of the session' \
    'sync --filter text only these accounts, roles or profiles: part of a name, or a pattern with * and ?' \
    'sync -f text only these accounts, roles or profiles: part of a name, or a pattern with * and ?' \
    'sync --prune  remove profiles that sync wrote and whose role is gone' \
    'sync --device-code  log in with a code, on any device, instead of this browser' \
    'sync --dry-run  show what would change, change nothing' \
    'sync --yes  ask nothing' \
    'sync -y  ask nothing' \
    'sync --json  print JSON' \
    'sandbox --approve  allow every login at once, without a page' \
    'plugin --json  print JSON' \
    'plugin --yes  ask nothing' \
    'plugin -y  ask nothing' \
    'keys --profile profile the profile, also one that is called like a subcommand' \
    'keys -p profile the profile, also one that is called like a subcommand' \
    'keys --from-credentials  add: the key that the credentials file has, which leaves it' \
    'keys --all  add --from-credentials: each key of the credentials file in turn' \
    'keys --stdin  add: read the console\'s CSV, or JSON, from stdin' \
    'keys --store =os,file add: os for the keyring of the system, file for encrypted files' \
    'keys --delete  rotate: delete the old key too, instead of leaving it inactive' \
    'keys --mfa-code text the code of the MFA device, instead of being asked for it' \
    'keys --yes  ask for no confirmation' \
    'keys -y  ask for no confirmation' \
    'keys --json  print JSON' \
    'import --dry-run  show what would change, change nothing' \
    'import --yes  ask nothing; what needs an answer is left out and listed' \
    'import -y  ask nothing; what needs an answer is left out and listed' \
    'setup --dry-run  show what would change, change nothing' \
    'setup --uninstall  take out again what setup put in' \
    'setup --shell =bash,zsh,fish,powershell only this shell (several: --shell bash,zsh); otherwise all that are installed' \
    'setup -s =bash,zsh,fish,powershell only this shell (several: --shell bash,zsh); otherwise all that are installed' \
    'setup --no-prompt  leave the prompt alone' \
    'setup --directories  take the profile that each directory names: assume here --help' \
    'setup --no-directories  no longer do that' \
    'setup --yes  ask nothing' \
    'setup -y  ask nothing' \
    'settings --json  print JSON' \
    '* --verbose  say what is done, on stderr' \
    '* --help  show help' \
    '* -h  show help' \
    '* --version  show the version'
set --global --unexport __assume_place_table \
    ' 1 profile' \
    'list 1 text' \
    'doctor + =shell,path,node,config,profiles,files,environment,clock,sessions,keys,directory,tools,plugins,network' \
    'doctor 1 =shell,path,node,config,profiles,files,environment,clock,sessions,keys,directory,tools,plugins,network' \
    'here 1 profile' \
    'exec 1 profile' \
    'exec 2 command' \
    'env 1 profile' \
    'serve 1 profile' \
    'serve 2 behind-dashes' \
    'console + profile' \
    'console 1 profile' \
    'credential-process 1 profile' \
    'credentials-file 1 profile' \
    'whoami 1 profile' \
    'login 1 session-or-profile' \
    'logout 1 session-or-profile' \
    'sync 1 session-or-profile' \
    'sandbox 1 command' \
    'plugin 1 =list,enable,disable,check' \
    'plugin 2 text' \
    'plugin 2/enable plugin' \
    'plugin 2/disable plugin' \
    'plugin 2/check file' \
    'keys 1 =add,list,rotate,passphrase,remove' \
    'keys 2 text' \
    'keys 2/add profile' \
    'keys 2/rotate profile' \
    'keys 2/remove profile' \
    'import 1 =granted,aws-vault,aws-sso-cli,awsume,aws-sso-util,saml2aws,leapp,oh-my-zsh' \
    'settings 1 =list,get,set' \
    'settings 2 text' \
    'settings 2/get =assume_region,assume_mode,assume_renew,assume_key_store,assume_session_duration,assume_session_token,assume_login,assume_browser,assume_browser_profile,assume_container,assume_color,assume_icon' \
    'settings 2/set =assume_region,assume_mode,assume_renew,assume_key_store,assume_session_duration,assume_session_token,assume_login,assume_browser,assume_browser_profile,assume_container,assume_color,assume_icon' \
    'settings 3 text' \
    'settings 3/set/assume_region =on,off' \
    'settings 3/set/assume_mode =auto,profile,export' \
    'settings 3/set/assume_renew =on,off' \
    'settings 3/set/assume_key_store =os,file' \
    'settings 3/set/assume_session_duration =15m,1h,12h,36h' \
    'settings 3/set/assume_session_token =on,off' \
    'settings 3/set/assume_login =auto,pkce,device-code' \
    'settings 3/set/assume_browser =chrome,chromium,brave,edge,vivaldi,arc,safari,firefox,librewolf,waterfox,zen,off' \
    'settings 3/set/assume_container =granted,container,off' \
    'settings 3/set/assume_color =blue,turquoise,green,yellow,orange,red,pink,purple' \
    'settings 3/set/assume_icon =fingerprint,briefcase,dollar,cart,circle,gift,vacation,food,fruit,pet,tree,chill' \
    'help 1 =list,status,doctor,here,exec,env,serve,console,credential-process,credentials-file,whoami,login,logout,configure,sync,sandbox,plugin,keys,import,setup,settings,help'
set --global --unexport __assume_command_table \
    'list Show the profiles with account, role, region, kind and session.' \
    'status Show what is active in this shell and where it comes from.' \
    'doctor Say what is wrong with the set-up, and the command that mends it.' \
    'here Show or set the profile of this directory, and say whether its file counts.' \
    'exec Run one command as a profile; this shell stays as it is.' \
    'env Print a switch for eval in scripts and CI.' \
    'serve Give credentials to containers, remote hosts and programs that read no profiles.' \
    'console Open the AWS console as a profile, in its own browser.' \
    'credential-process Print keys as the SDKs read them from the program that credential_process names.' \
    'credentials-file Write the keys of a profile to the AWS credentials file, for tools that read nothing else.' \
    'whoami Ask AWS who you are: account, alias, ARN.' \
    'login Log in to an Identity Center session, or get a session with a stored key; the AWS CLI and the SDKs use it too.' \
    'logout End an Identity Center session, or that of a stored key, and remove what was cached with it.' \
    'configure Write a profile for an account and a role of Identity Center: asks, logs in, shows, writes.' \
    'sync Write a profile for every account and role of an Identity Center session.' \
    'sandbox Try everything without an AWS account: a throw-away home with a local Identity Center.' \
    'plugin Show, enable, disable and try plugins: what else changes with the profile.' \
    'keys Keep long-lived keys in the system\'s keyring or in encrypted files, and replace them.' \
    'import Come over from another tool: shows what becomes of its profiles, asks, changes them.' \
    'setup Load assume in your shells: shows the changes to the rc files, asks, makes them.' \
    'settings Show and change assume\'s own settings.' \
    'help Show what there is, or the help of one command.'
