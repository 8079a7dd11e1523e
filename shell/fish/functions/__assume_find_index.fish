# --- the profile index ---------------------------------------------------------------------------------------

# Finds the profile index and sets __assume_index: the file, the folder of its generation, the number of parts that the rows
# are in, how many lines the file has before the profiles, and when the generation was written. Fails unless the index is of
# this environment and this user, and its sources are the ones that they have to be, as they were. What is root's is left to
# the core, and so are all modes. No file of a cache is a link, which could lead to any of the user's.
function __assume_find_index
    string match --quiet '/*' -- "$HOME"; or return 1
    set --local file "$HOME"/.cache/assume/index
    string match --quiet '/*' -- "$XDG_CACHE_HOME"; and set file $XDG_CACHE_HOME/assume/index
    test -f $file -a -O $file -a ! -L $file; or return 1
    begin
        read --function --line head
        read --function --line counts
        read --function --line config
        read --function --line credentials
        read --function --line settings
        read --function --line folder; or return 1
        set --local lines $config $credentials $settings $folder
        for number in $__assume_others
            read --local --line line
            set --append lines $line
        end
        test "$head" = 'assume-index 6'\x1f"$HOME"\x1f"$AWS_CONFIG_FILE"\x1f"$AWS_SHARED_CREDENTIALS_FILE"\x1f"$XDG_CONFIG_HOME"; or return 1
        # What was found out about an index holds as long as the same lines are there: each has a generation of its own.
        test "$file $head $counts $lines" = "$__assume_guarded"
    end <$file
    or __assume_guard_index; or return 1
    test $__assume_guards
end

# Sets __assume_index, __assume_guards, what `test` has to find true as long as the sources of the index $file, which lie behind
# its lines $head and $counts, are as they were, and __assume_guarded, those lines. Each source lies between its two stamps
# in the folder of the generation, and is the user's own, or if a link leads to it, what that led to; or it is still absent.
# __assume_others are the numbers of those of plugins, and __assume_buckets is for what __assume_find_row finds out.
function __assume_guard_index --no-scope-shadowing
    set --global --unexport __assume_guarded
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
    set --local generation
    set --local buckets
    set --local count
    string match --quiet --regex '^(?<generation>[0-9a-f]+)\x1f(?<buckets>[1-9][0-9]{0,5})\x1f(?<count>[4-9]|1[0-9])\z' -- "$counts"; or return 1
    set generation (string replace --regex '[^/]*\z' index-$generation -- $file)
    set --local guards -d $generation -a -O $generation -a ! -L $generation
    # The list of sessions, which is written anew after each login.
    set --append guards -a -f $generation/sessions -a -O $generation/sessions -a ! -L $generation/sessions
    set --local lines
    set --global --unexport __assume_others
    begin
        read --local --line again
        test "$again" = "$head"; or return 1
        read --local --line again
        test "$again" = "$counts"; or return 1
        # Counting would take as long as all else that is done here.
        for number in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18
            test $number -lt $count; or break
            read --local --line line; or return 1
            set --append lines $line
            test $number -lt 4; or set --append __assume_others $number
            set --local source
            set --local time
            set --local target
            string match --quiet --regex '^(?<source>[^\x1f]*)\x1f(?<time>[^\x1f]*)(?:\x1f(?<target>[^\x1f]*))?' -- $line; or return 1
            set --query expected[1]; and test "$source" != $expected[1]; and return 1
            set --erase expected[1]
            # Words that begin so are nothing else to `test`.
            set --local path $source
            string match --quiet '/*' -- $source; or set path ./$source
            if test "$time" = -
                set --append guards -a ! -e $path
                continue
            end
            set --append guards -a $path -nt $generation/$number-older -a $path -ot $generation/$number-newer
            # Where no link was there is none now: it would have the time of what it leads to.
            set --append guards -a ! -L "$target"
            if test $source = "$target"
                set --append guards -a -O $path
            else
                set --append guards -a $path -ef $generation/$number-target
            end
        end
    end <$file
    set --global --unexport __assume_index $file $generation $buckets (builtin math $count + 2) (builtin path mtime $generation/rows-other; or return 1)
    set --global --unexport __assume_buckets
    set --global --unexport __assume_guards $guards
    set --global --unexport __assume_guarded "$file $head $counts $lines"
end
