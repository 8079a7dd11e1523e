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

# Writes the names in the section headers of file $argv[1], else $argv[2]. $argv[3] matches what stands in the
# brackets; its group is the name.
function __assume_scan
    set --local file $argv[1]
    test -n "$file"; or set file $argv[2]
    if string match --quiet '~/*' -- $file
        # Without a HOME that is a place only the core knows which one that is.
        string match --quiet '/*' -- "$HOME"; or return 0
        set file $HOME/(string sub --start 3 -- $file)
    end
    test -r $file; and test -f $file; or return 0
    string match --regex --groups-only "^\[[ \t]*(?|$argv[3])[ \t]*\][ \t]*(?:[#;].*)?\r?\z" <$file
    return 0
end
