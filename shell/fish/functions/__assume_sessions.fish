# Writes the sso-sessions, from beside the profile index or, when it is stale, from the section headers of the config file.
# Starts no process.
function __assume_sessions
    set --local index (__assume_find_index | string split \n)
    if set --query index[1]; and test -f $index[2]/session-names -a -O $index[2]/session-names -a ! -L $index[2]/session-names
        string match '*' <$index[2]/session-names
        return 0
    end
    set --local name '([A-Za-z0-9_./%@:+-]+)'
    set --local quoted '\'([^]\x00-\x1f\x7f]+)\'|"([^]\x00-\x1f\x7f]+)"'
    __assume_scan "$AWS_CONFIG_FILE" '~/.aws/config' "sso-session[ \t]+(?|$name|$quoted)"
end
