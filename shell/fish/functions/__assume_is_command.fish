# Whether the line is one of subcommand $argv[1], at a place where its flags can stand.
function __assume_is_command
    set --local line (__assume_read_line)
    test "$line[1]" = "$argv[1]"; and not set --query line[3]
end
