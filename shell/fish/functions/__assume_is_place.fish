# Whether the word that is being typed is positional $argv[2] of subcommand $argv[1].
function __assume_is_place
    set --local line (__assume_read_line)
    test "$line[1]" = "$argv[1]"; and test "$line[2]" = "$argv[2]"
end
