# --- the profile index ---------------------------------------------------------------------------------------

# Writes, one a line, the file of the index, the folder of its generation, and the number of parts that the rows are
# in. Fails unless the index is of this environment, and its sources are as they were: each lies between its two stamps
# in the folder of the generation, and if a link leads to it, to where it led; or it is still absent.
function __assume_find_index
    string match --quiet '/*' -- "$HOME"; or return 1
    set --local cache "$HOME"/.cache/assume
    string match --quiet '/*' -- "$XDG_CACHE_HOME"; and set cache $XDG_CACHE_HOME/assume
    test -f $cache/index; and test -r $cache/index; or return 1
    begin
        read --local --line head
        test "$head" = 'assume-index 3'\x1f"$HOME"\x1f"$AWS_CONFIG_FILE"\x1f"$AWS_SHARED_CREDENTIALS_FILE"\x1f"$XDG_CONFIG_HOME"; or return 1
        read --local --delimiter \x1f generation buckets count
        string match --quiet --regex '^[1-9][0-9]{0,5} [0-9]{1,5}\z' -- "$buckets $count"; or return 1
        set generation $cache/index-$generation
        test -d $generation; or return 1
        set --local number 0
        while test $number -lt $count
            read --local --delimiter \x1f source time target rest; or return 1
            if test "$time" = -
                not test -e $source; or return 1
            else
                test $source -nt $generation/$number-older; and test $source -ot $generation/$number-newer; or return 1
                test $source = "$target"; or test $source -ef $generation/$number-target; or return 1
            end
            set number (builtin math $number + 1)
        end
        builtin printf '%s\n' $cache/index $generation $buckets
    end <$cache/index
end
