# --- the names of the profiles -------------------------------------------------------------------------------

# Writes the profiles, `NAME TAB DESCRIPTION`, from the profile index, or only the names, from the section headers of
# the AWS files, when it is stale. Starts no process.
function __assume_profiles
    set --local cache $HOME/.cache/assume
    string match --quiet '/*' -- "$XDG_CACHE_HOME"; and set cache $XDG_CACHE_HOME/assume
    if test -r $cache/index; and __assume_is_fresh $cache <$cache/index
        # Only the rows of profiles have a tab.
        string match \*\t\* <$cache/index
        return 0
    end
    set --local name '([A-Za-z0-9_./%@:+-]+)'
    set --local quoted '\'([^]\x00-\x1f\x7f]+)\'|"([^]\x00-\x1f\x7f]+)"'
    __assume_scan "$AWS_CONFIG_FILE" $HOME/.aws/config "(default)|profile[ \t]+(?|$name|$quoted)"
    __assume_scan "$AWS_SHARED_CREDENTIALS_FILE" $HOME/.aws/credentials $name
end

# Whether the index that is read from here, of folder $argv[1], is of this environment, and its sources are as they
# were: each lies between its two stamps in the folder of the generation, or is still absent.
function __assume_is_fresh
    set --local environment "$HOME" "$AWS_CONFIG_FILE" "$AWS_SHARED_CREDENTIALS_FILE" "$XDG_CONFIG_HOME"
    read --local --line head counts; or return 1
    test "$head" = (string join \x1f -- 'assume-index 2' $environment | string collect); or return 1
    set counts (string split \x1f -- $counts)
    set --local stamps $argv[1]/index-$counts[1]
    test -d "$stamps"; or return 1
    set --local number 0
    while test $number -lt "$counts[3]"
        read --local --line source; or return 1
        set source (string split \x1f -- $source)
        if test "$source[2]" = -
            not test -e $source[1]; or return 1
        else
            test $source[1] -nt $stamps/$number-older; and test $source[1] -ot $stamps/$number-newer; or return 1
        end
        set number (builtin math $number + 1)
    end
end

# Writes the names in the section headers of file $argv[1], else $argv[2]. $argv[3] matches what stands in the
# brackets; its group is the name.
function __assume_scan
    set --local file $argv[1]
    test -n "$file"; or set file $argv[2]
    string match --quiet '~/*' -- $file; and set file $HOME/(string sub --start 3 -- $file)
    test -r $file; and test -f $file; or return 0
    string match --regex --groups-only "^\[[ \t]*(?|$argv[3])[ \t]*\][ \t]*(?:[#;].*)?\r?\z" <$file
    return 0
end
