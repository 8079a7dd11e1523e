# --- the names of the profiles -------------------------------------------------------------------------------

# Writes the profiles, `NAME TAB DESCRIPTION`, from the profile index, or only the names, from the section headers of
# the AWS files, when it is stale. Starts no process.
function __assume_profiles
    set --local index (__assume_find_index | string split \n)
    if set --query index[1]
        # Only the rows of profiles have a tab.
        string match \*\t\* <$index[1]
        return 0
    end
    set --local name '([A-Za-z0-9_./%@:+-]+)'
    set --local quoted '\'([^]\x00-\x1f\x7f]+)\'|"([^]\x00-\x1f\x7f]+)"'
    __assume_scan "$AWS_CONFIG_FILE" '~/.aws/config' "(default)|profile[ \t]+(?|$name|$quoted)"
    __assume_scan "$AWS_SHARED_CREDENTIALS_FILE" '~/.aws/credentials' $name
end
