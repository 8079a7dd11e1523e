# --- the profile index ---------------------------------------------------------------------------------------

# Writes, one a line, the file of the index, the folder of its generation, and the number of parts that the rows are
# in. Fails unless the index is of this environment and this user, and its sources are the ones that they have to be, as
# they were: each lies between its two stamps in the folder of the generation, and is the user's own, or if a link leads
# to it, what that led to; or it is still absent. What is root's is left to the core, and so are all modes. No file of a
# cache is a link, which could lead to any of the user's.
function __assume_find_index
    string match --quiet '/*' -- "$HOME"; or return 1
    set --local cache "$HOME"/.cache/assume
    string match --quiet '/*' -- "$XDG_CACHE_HOME"; and set cache $XDG_CACHE_HOME/assume
    test -f $cache/index -a -O $cache/index -a ! -L $cache/index; or return 1
    # The paths that every index begins with; behind them come the files of plugins.
    set --local home
    string match --quiet --regex '^(?<home>.*?)/?\z' -- $HOME
    set --local folder $home/.config
    string match --quiet '/*' -- "$XDG_CONFIG_HOME"; and string match --quiet --regex '^(?<folder>.*?)/?\z' -- $XDG_CONFIG_HOME
    set --local expected $home/.aws/config $home/.aws/credentials $folder/assume/config $folder/assume/plugins
    test -n "$AWS_CONFIG_FILE"; and set expected[1] $AWS_CONFIG_FILE
    test -n "$AWS_SHARED_CREDENTIALS_FILE"; and set expected[2] $AWS_SHARED_CREDENTIALS_FILE
    for number in 1 2
        set --local rest
        string match --quiet --regex '^~(?<rest>/.*)\z' -- $expected[$number]; and set expected[$number] $home$rest
    end
    begin
        read --local --line head
        test "$head" = 'assume-index 6'\x1f"$HOME"\x1f"$AWS_CONFIG_FILE"\x1f"$AWS_SHARED_CREDENTIALS_FILE"\x1f"$XDG_CONFIG_HOME"; or return 1
        read --local --delimiter \x1f generation buckets count
        string match --quiet --regex '^[1-9][0-9]{0,5} (?:[4-9]|1[0-9])\z' -- "$buckets $count"; or return 1
        set generation $cache/index-$generation
        test -d $generation -a -O $generation -a ! -L $generation; or return 1
        # Counting would take as long as all else that is done here.
        for number in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18
            test $number -lt $count; or break
            read --local --delimiter \x1f source time target rest; or return 1
            set --query expected[1]; and test "$source" != $expected[1]; and return 1
            set --erase expected[1]
            if test "$time" = -
                not test -e $source; or return 1
            else
                test $source -nt $generation/$number-older; and test $source -ot $generation/$number-newer; or return 1
                # Where no link was there is none now: it would have the time of what it leads to.
                test -L "$target"; and return 1
                if test $source = "$target"
                    test -O $source; or return 1
                else
                    test $source -ef $generation/$number-target; or return 1
                end
            end
        end
        builtin printf '%s\n' $cache/index $generation $buckets
    end <$cache/index
end
