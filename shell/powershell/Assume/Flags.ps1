# Generated from src/cli/table.ts by: npm run generate
@{
  '' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--region'; Short = '-r'; Kind = 'region'; Text = 'this region instead of the one of the profile' }
    @{ Name = '--export'; Short = '-e'; Kind = ''; Text = 'temporary keys instead of AWS_PROFILE' }
    @{ Name = '--role'; Short = '-R'; Kind = 'text'; Text = 'assume this role too, with the credentials of the profile; implies --export' }
    @{ Name = '--account'; Short = ''; Kind = 'text'; Text = 'an account of Identity Center, with --role-name instead of a profile; implies --export' }
    @{ Name = '--role-name'; Short = ''; Kind = 'text'; Text = 'the role in that account' }
    @{ Name = '--session'; Short = ''; Kind = 'session'; Text = 'the sso-session for --account, where there are several' }
    @{ Name = '--duration'; Short = ''; Kind = '=15m,1h,4h,12h'; Text = 'how long the keys of an assumed role are good, such as 1h or 90m; implies --export' }
    @{ Name = '--mfa-code'; Short = ''; Kind = 'text'; Text = 'the code of the MFA device, instead of being asked for it; implies --export' }
    @{ Name = '--refresh'; Short = ''; Kind = ''; Text = 'ignore cached credentials' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--no-login'; Short = ''; Kind = ''; Text = 'open nothing; switch even without a session' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing, where a guard allows that' }
    @{ Name = '--dry-run'; Short = ''; Kind = ''; Text = 'show what would change, change nothing' }
    @{ Name = '--console'; Short = '-c'; Kind = ''; Text = 'open the AWS console instead of switching' }
    @{ Name = '--service'; Short = '-s'; Kind = 'service'; Text = 'what to open: a service, a path, an ARN, or a URL of the console; several: -s s3 -s ec2; implies --console' }
    @{ Name = '--url'; Short = ''; Kind = ''; Text = 'print the address instead of opening it; but for a link to the portal, whoever has it is signed in; with --console' }
    @{ Name = '--copy'; Short = ''; Kind = ''; Text = 'put the address on the clipboard of this terminal; with --console' }
    @{ Name = '--federate'; Short = ''; Kind = ''; Text = 'sign in with keys also where a link to the portal would do; with --console' }
    @{ Name = '--browser'; Short = ''; Kind = '=chrome,chromium,brave,edge,vivaldi,arc,safari,firefox,librewolf,waterfox,zen'; Text = 'a browser by its name, or a command with %s for the address; with --console' }
    @{ Name = '--browser-profile'; Short = ''; Kind = 'text'; Text = 'which profile of the browser; with --console' }
    @{ Name = '--container'; Short = ''; Kind = '=granted,container,off'; Text = 'a container of Firefox, by its add-on; with --console' }
    @{ Name = '--unset'; Short = '-u'; Kind = ''; Text = 'give this shell back what it had before the first switch' }
  )
  'list' = @(
    @{ Name = '--names'; Short = ''; Kind = ''; Text = 'print the names only, one a line' }
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
  )
  'status' = @(
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
  )
  'doctor' = @(
    @{ Name = '--online'; Short = ''; Kind = ''; Text = 'ask the network, too: endpoints, proxy, certificates, clock' }
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
  )
  'here' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--region'; Short = '-r'; Kind = 'region'; Text = 'with PROFILE: this region instead of its own' }
    @{ Name = '--allow'; Short = ''; Kind = ''; Text = 'the file that counts here is in force, as long as it says what it says now' }
    @{ Name = '--deny'; Short = ''; Kind = ''; Text = 'it never is, and nothing is said of it' }
    @{ Name = '--forget'; Short = ''; Kind = ''; Text = 'as if neither had been said' }
    @{ Name = '--tree'; Short = ''; Kind = 'file'; Text = 'with these: not for this directory, but for all files in DIR and below' }
    @{ Name = '--profiles'; Short = ''; Kind = 'text'; Text = 'with --allow --tree: for which profiles, as in ''dev,*-readonly''' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'with PROFILE: change a file that says something else without asking' }
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
  )
  'exec' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--region'; Short = '-r'; Kind = 'region'; Text = 'this region instead of the one of the profile' }
    @{ Name = '--export'; Short = '-e'; Kind = ''; Text = 'temporary keys instead of AWS_PROFILE' }
    @{ Name = '--role'; Short = '-R'; Kind = 'text'; Text = 'assume this role too, with the credentials of the profile; implies --export' }
    @{ Name = '--account'; Short = ''; Kind = 'text'; Text = 'an account of Identity Center, with --role-name instead of a profile; implies --export' }
    @{ Name = '--role-name'; Short = ''; Kind = 'text'; Text = 'the role in that account' }
    @{ Name = '--session'; Short = ''; Kind = 'session'; Text = 'the sso-session for --account, where there are several' }
    @{ Name = '--duration'; Short = ''; Kind = '=15m,1h,4h,12h'; Text = 'how long the keys of an assumed role are good, such as 1h or 90m; implies --export' }
    @{ Name = '--mfa-code'; Short = ''; Kind = 'text'; Text = 'the code of the MFA device, instead of being asked for it; implies --export' }
    @{ Name = '--refresh'; Short = ''; Kind = ''; Text = 'ignore cached credentials' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--no-login'; Short = ''; Kind = ''; Text = 'open nothing; switch even without a session' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing, where a guard allows that' }
  )
  'env' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--region'; Short = '-r'; Kind = 'region'; Text = 'this region instead of the one of the profile' }
    @{ Name = '--export'; Short = '-e'; Kind = ''; Text = 'temporary keys instead of AWS_PROFILE' }
    @{ Name = '--role'; Short = '-R'; Kind = 'text'; Text = 'assume this role too, with the credentials of the profile; implies --export' }
    @{ Name = '--account'; Short = ''; Kind = 'text'; Text = 'an account of Identity Center, with --role-name instead of a profile; implies --export' }
    @{ Name = '--role-name'; Short = ''; Kind = 'text'; Text = 'the role in that account' }
    @{ Name = '--session'; Short = ''; Kind = 'session'; Text = 'the sso-session for --account, where there are several' }
    @{ Name = '--duration'; Short = ''; Kind = '=15m,1h,4h,12h'; Text = 'how long the keys of an assumed role are good, such as 1h or 90m; implies --export' }
    @{ Name = '--mfa-code'; Short = ''; Kind = 'text'; Text = 'the code of the MFA device, instead of being asked for it; implies --export' }
    @{ Name = '--refresh'; Short = ''; Kind = ''; Text = 'ignore cached credentials' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--no-login'; Short = ''; Kind = ''; Text = 'open nothing; switch even without a session' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing, where a guard allows that' }
    @{ Name = '--shell'; Short = '-s'; Kind = '=bash,zsh,fish,powershell'; Text = 'the shell that will evaluate it' }
    @{ Name = '--format'; Short = '-f'; Kind = '=shell,json,dotenv'; Text = 'json and dotenv are for other programs' }
  )
  'serve' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--port'; Short = ''; Kind = 'text'; Text = 'listen on this port of 127.0.0.1 too, with a token; 0 for any' }
    @{ Name = '--socket'; Short = ''; Kind = 'file'; Text = 'the place of the socket; with a command: a socket beside its port' }
    @{ Name = '--mfa-code'; Short = ''; Kind = 'text'; Text = 'the code of the MFA device, instead of being asked for it' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing, where a guard allows that' }
  )
  'console' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--service'; Short = '-s'; Kind = 'service'; Text = 'what to open: a service, a path, an ARN, or a URL of the console; several: -s s3 -s ec2' }
    @{ Name = '--region'; Short = '-r'; Kind = 'region'; Text = 'this region instead of the one of the profile' }
    @{ Name = '--url'; Short = ''; Kind = ''; Text = 'print the address instead of opening it; but for a link to the portal, whoever has it is signed in' }
    @{ Name = '--copy'; Short = ''; Kind = ''; Text = 'put the address on the clipboard of this terminal' }
    @{ Name = '--federate'; Short = ''; Kind = ''; Text = 'sign in with keys also where a link to the portal would do' }
    @{ Name = '--browser'; Short = ''; Kind = '=chrome,chromium,brave,edge,vivaldi,arc,safari,firefox,librewolf,waterfox,zen'; Text = 'a browser by its name, or a command with %s for the address' }
    @{ Name = '--browser-profile'; Short = ''; Kind = 'text'; Text = 'which profile of the browser' }
    @{ Name = '--container'; Short = ''; Kind = '=granted,container,off'; Text = 'a container of Firefox, by its add-on' }
    @{ Name = '--duration'; Short = ''; Kind = '=1h,4h,12h'; Text = 'how long the console lasts, where AWS lets that be said' }
    @{ Name = '--account'; Short = ''; Kind = 'text'; Text = 'an account of Identity Center, with --role-name instead of a profile' }
    @{ Name = '--role-name'; Short = ''; Kind = 'text'; Text = 'the role in that account' }
    @{ Name = '--session'; Short = ''; Kind = 'session'; Text = 'the sso-session for --account, where there are several' }
    @{ Name = '--role'; Short = '-R'; Kind = 'text'; Text = 'assume this role too, with the credentials of the profile' }
    @{ Name = '--mfa-code'; Short = ''; Kind = 'text'; Text = 'the code of the MFA device, instead of being asked for it' }
    @{ Name = '--refresh'; Short = ''; Kind = ''; Text = 'ignore cached credentials' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--no-login'; Short = ''; Kind = ''; Text = 'log in nowhere; fail where keys need a session' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing, where a guard allows that' }
  )
  'credential-process' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--login'; Short = ''; Kind = ''; Text = 'log in when there is no session; otherwise nothing is ever opened' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
  )
  'credentials-file' = @(
    @{ Name = '--as'; Short = ''; Kind = 'text'; Text = 'the section of the credentials file: a new one, or one that this command wrote' }
    @{ Name = '--remove'; Short = ''; Kind = ''; Text = 'take the section out again' }
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--region'; Short = '-r'; Kind = 'region'; Text = 'this region instead of the one of the profile' }
    @{ Name = '--role'; Short = '-R'; Kind = 'text'; Text = 'assume this role too, with the credentials of the profile' }
    @{ Name = '--duration'; Short = ''; Kind = '=15m,1h,4h,12h'; Text = 'how long the keys of an assumed role are good, such as 1h or 90m' }
    @{ Name = '--mfa-code'; Short = ''; Kind = 'text'; Text = 'the code of the MFA device, instead of being asked for it' }
    @{ Name = '--refresh'; Short = ''; Kind = ''; Text = 'ignore cached credentials' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--no-login'; Short = ''; Kind = ''; Text = 'open nothing; fail without a session' }
  )
  'whoami' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--mfa-code'; Short = ''; Kind = 'text'; Text = 'the code of the MFA device, instead of being asked for it' }
    @{ Name = '--refresh'; Short = ''; Kind = ''; Text = 'ignore cached credentials' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--no-login'; Short = ''; Kind = ''; Text = 'open nothing; fail without a session' }
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
  )
  'login' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--no-browser'; Short = ''; Kind = ''; Text = 'open no browser, print the address' }
    @{ Name = '--all'; Short = ''; Kind = ''; Text = 'log in to every session of the config file' }
  )
  'logout' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--all'; Short = ''; Kind = ''; Text = 'end every session of the config file' }
  )
  'configure' = @(
    @{ Name = '--session'; Short = ''; Kind = 'session'; Text = 'the sso-session, one of the config file or a new name' }
    @{ Name = '--legacy'; Short = ''; Kind = ''; Text = 'the older form: the profile says itself where its session is, no sso-session is written' }
    @{ Name = '--start-url'; Short = ''; Kind = 'text'; Text = 'start URL of a new session, as in https://my-company.awsapps.com/start' }
    @{ Name = '--sso-region'; Short = ''; Kind = 'region'; Text = 'where Identity Center of a new session is' }
    @{ Name = '--scopes'; Short = ''; Kind = 'text'; Text = 'registration scopes of a new session, separated by commas' }
    @{ Name = '--account'; Short = ''; Kind = 'text'; Text = 'the account; together with --role-name taken as it is, without a login' }
    @{ Name = '--role-name'; Short = ''; Kind = 'text'; Text = 'the role in the account' }
    @{ Name = '--region'; Short = '-r'; Kind = 'region'; Text = 'default region of the profile; "none" for none' }
    @{ Name = '--output'; Short = ''; Kind = '=json,yaml,yaml-stream,text,table,none'; Text = 'output format of the AWS CLI' }
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the name of the profile, a new one or one to update' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing, take the defaults' }
    @{ Name = '--dry-run'; Short = ''; Kind = ''; Text = 'show what would change, change nothing' }
  )
  'sync' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--template'; Short = '-t'; Kind = 'text'; Text = 'names of new profiles, by default {account_name}-{role}; also account_id, email, session, and slug, lower, upper behind a |' }
    @{ Name = '--region'; Short = '-r'; Kind = 'region'; Text = 'the region of new profiles, or none; by default that of the session' }
    @{ Name = '--filter'; Short = '-f'; Kind = 'text'; Text = 'only these accounts, roles or profiles: part of a name, or a pattern with * and ?' }
    @{ Name = '--prune'; Short = ''; Kind = ''; Text = 'remove profiles that sync wrote and whose role is gone' }
    @{ Name = '--device-code'; Short = ''; Kind = ''; Text = 'log in with a code, on any device, instead of this browser' }
    @{ Name = '--dry-run'; Short = ''; Kind = ''; Text = 'show what would change, change nothing' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing' }
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
  )
  'sandbox' = @(
    @{ Name = '--approve'; Short = ''; Kind = ''; Text = 'allow every login at once, without a page' }
  )
  'plugin' = @(
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing' }
  )
  'keys' = @(
    @{ Name = '--profile'; Short = '-p'; Kind = 'profile'; Text = 'the profile, also one that is called like a subcommand' }
    @{ Name = '--from-credentials'; Short = ''; Kind = ''; Text = 'add: the key that the credentials file has, which leaves it' }
    @{ Name = '--all'; Short = ''; Kind = ''; Text = 'add --from-credentials: each key of the credentials file in turn' }
    @{ Name = '--stdin'; Short = ''; Kind = ''; Text = 'add: read the console''s CSV, or JSON, from stdin' }
    @{ Name = '--store'; Short = ''; Kind = '=os,file'; Text = 'add: os for the keyring of the system, file for encrypted files' }
    @{ Name = '--delete'; Short = ''; Kind = ''; Text = 'rotate: delete the old key too, instead of leaving it inactive' }
    @{ Name = '--mfa-code'; Short = ''; Kind = 'text'; Text = 'the code of the MFA device, instead of being asked for it' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask for no confirmation' }
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
  )
  'import' = @(
    @{ Name = '--dry-run'; Short = ''; Kind = ''; Text = 'show what would change, change nothing' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing; what needs an answer is left out and listed' }
  )
  'setup' = @(
    @{ Name = '--dry-run'; Short = ''; Kind = ''; Text = 'show what would change, change nothing' }
    @{ Name = '--uninstall'; Short = ''; Kind = ''; Text = 'take out again what setup put in' }
    @{ Name = '--shell'; Short = '-s'; Kind = '=bash,zsh,fish,powershell'; Text = 'only this shell (several: --shell bash,zsh); otherwise all that are installed' }
    @{ Name = '--no-prompt'; Short = ''; Kind = ''; Text = 'leave the prompt alone' }
    @{ Name = '--directories'; Short = ''; Kind = ''; Text = 'take the profile that each directory names: assume here --help' }
    @{ Name = '--no-directories'; Short = ''; Kind = ''; Text = 'no longer do that' }
    @{ Name = '--yes'; Short = '-y'; Kind = ''; Text = 'ask nothing' }
  )
  'settings' = @(
    @{ Name = '--json'; Short = ''; Kind = ''; Text = 'print JSON' }
  )
  'help' = @(
  )
  '*' = @(
    @{ Name = '--verbose'; Short = ''; Kind = ''; Text = 'say what is done, on stderr' }
    @{ Name = '--help'; Short = '-h'; Kind = ''; Text = 'show help' }
    @{ Name = '--version'; Short = ''; Kind = ''; Text = 'show the version' }
  )
}
