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
