# Whether the word that is being typed is at place $argv[2] of subcommand $argv[1]: a number, or one with the words before.
function __assume_is_place
    set --local line (__assume_read_line)
    test "$line[1]" = "$argv[1]"; or return
    builtin contains -- "$argv[2]" $line[2] (string replace --regex '/.*' '' -- $line[2])
end
