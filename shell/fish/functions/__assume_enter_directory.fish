# What __assume_watch_directories.fish needs where there is a file that names a profile.

# To ask for them loads them.
builtin functions --query assume __assume_switch
builtin source (status dirname)/__assume_enter_layer.fish
builtin source (status dirname)/__assume_beside_direnv.fish

# --- whether it is in force ----------------------------------------------------------------------------------

# The core records what is allowed, in one file for each length of a path; src/directories says what is in them.

# Makes the profile that $__assume_file names that of this shell, if the user has allowed it for $__assume_place; else leaves
# the directory whose profile is in force.
function __assume_enter_directory --no-scope-shadowing
    set --local __assume_verdict ''
    set --local __assume_wanted ''
    set --local __assume_region ''
    set --local __assume_text ''
    __assume_judge_file
    switch $__assume_verdict
        case deny
            __assume_leave_directory
        case allow
            set --local __assume_terms_of "$__assume_file"\x1f"$__assume_wanted"\x1f"$__assume_region"\x1f"$__assume_text"
            test "$__assume_layer[1]" = $__assume_place; and test "$__assume_layer[2]" = "$__assume_terms_of"; and return
            if test $__assume_is_first = 1; and test -n "$ASSUME_PROFILE"
                __assume_adopt_layer
            else
                __assume_enter_layer
            end
        case '*'
            __assume_leave_directory
            __assume_refuse
    end
end

# Sets __assume_verdict to `allow`, `deny`, or why $__assume_file is not in force: `unrecorded`, `changed` or `untaken`;
# __assume_wanted and __assume_region to what is recorded, or else to what the file says, and __assume_text to its text with an RS for each
# line feed.
function __assume_judge_file --no-scope-shadowing
    set --local verdict ''
    set --local name ''
    set --local region ''
    set --local content ''
    set --local records "$HOME"/.local/state/assume/directories
    string match --quiet '/*' -- "$XDG_STATE_HOME"; and set records $XDG_STATE_HOME/assume/directories
    # No record can hold such a path. U+F600-U+F6FF is how fish keeps a byte that is no part of a character, which a pipe
    # to `read` would lose.
    string match --quiet --regex '[\x00-\x1f\x7f-\x9f\x{f600}-\x{f6ff}]' -- $__assume_place
    and begin
        set __assume_verdict untaken
        return
    end
    set --local part other
    string match --quiet --regex '^[ -~]+\z' -- $__assume_place; and string length -- $__assume_place | read --line part
    if test -f $records/$part -a -O $records/$part -a -r $records/$part -a ! -L $records/$part
        string escape --style=regex -- $__assume_place | read --line --local pattern
        read --line --local head <$records/$part
        test "$head" = 'assume-directories 1'; and string match --quiet --regex "^(?<verdict>allow|deny)\x1f$pattern(?:\x1f(?<name>[^\x1f]+)\x1f(?<region>[^\x1f]*)\x1f(?<content>[^\x1f]*))?\z" <$records/$part
    end
    set --local patterns ''
    test -n "$verdict"; or __assume_find_tree $records/trees
    set __assume_verdict deny
    test "$verdict" != deny; or return 0
    set __assume_verdict untaken
    test -f $__assume_file -a -O $__assume_file -a -r $__assume_file -a ! -L $__assume_file; or return 0
    set --local text ''
    begin
        # In bytes; what is longer is not read.
        set --local fish_read_limit 1000
        read --null --delimiter \x1f text <$__assume_file; or return 0
    end
    string match --quiet --regex '[\x{f600}-\x{f6ff}]' -- $text; and return 0
    # A NUL byte would hide what is behind it.
    string match --quiet --regex '\x00' <$__assume_file; and return 0
    string replace --all \n \x1e -- $text | read --line __assume_text
    if test -n "$name"; and test "$__assume_text" = "$content"
        set __assume_verdict allow
        set __assume_wanted $name
        set __assume_region $region
        return
    end
    __assume_read_text; or return 0
    if test -n "$name"
        set __assume_verdict changed
        return
    end
    set __assume_verdict unrecorded
    test -n "$patterns" -a -z "$__assume_region"; and string match --quiet --regex '^[A-Za-z0-9_.@+=:/-]+\z' -- $__assume_wanted; or return 0
    string split , -- $patterns | while read --line --local pattern
        string match --quiet -- "$pattern" $__assume_wanted; and set __assume_verdict allow
    end
    return 0
end

# Sets __assume_wanted and __assume_region to what $text says. Fails where it is not as it has to be.
function __assume_read_text --no-scope-shadowing
    string match --quiet --regex '[^\t\n\r\x20-\x7e\x{a0}-\x{10ffff}]' -- $text; and return 1
    set --local IFS \n
    set --local lines (string split \n -- $text | string trim --chars ' '\t\r | string match --invert --regex '^(?:#.*)?\z')
    set --query lines[1]; and not set --query lines[3]; and not string match --quiet '*'\r'*' -- $lines; or return 1
    set __assume_wanted $lines[1]
    set __assume_region "$lines[2]"
end

# Sets verdict to `deny`, or patterns to what is allowed, for the nearest tree of the list $argv[1] that $__assume_place is in.
function __assume_find_tree --no-scope-shadowing
    test -f $argv[1] -a -O $argv[1] -a -r $argv[1] -a ! -L $argv[1]; or return 0
    set --local head
    set --local list ''
    begin
        read --line head
        read --null --delimiter \x1e list
    end <$argv[1]
    test "$head" = 'assume-directories 1'; or return 0
    set --local verdicts
    set --local trees
    set --local lists
    string match --quiet --regex --all '(?m)^(?<verdicts>allow|deny)\x1f(?<trees>/[^\x1f\n]*)(?:\x1f|$)(?<lists>[A-Za-z0-9_.@+=:/*,-]*)$' -- $list; or return 0
    set --local up $__assume_place
    while builtin true
        set --local at
        if builtin contains --index -- "$up" $trees | read --line at
            set patterns $lists[$at]
            test $verdicts[$at] = allow; or set verdict deny
            return
        end
        test "$up" != /; and string match --quiet --regex '^(?<up>.*)/[^/]*\z' -- $up; or return 0
        test -n "$up"; or set up /
    end
end

# Says, once in this shell, what to do about a file that is not in force.
function __assume_refuse --no-scope-shadowing
    builtin contains -- "$__assume_verdict $__assume_place" $__assume_refused; and return
    set --global --unexport --append __assume_refused "$__assume_verdict $__assume_place"
    __assume_show_path $__assume_file | read --line --local shown
    switch $__assume_verdict
        case changed
            set shown "$shown has changed"
        case untaken
            set shown "$shown is not taken"
        case '*'
            string match --quiet --regex '^[A-Za-z0-9_.@+=:/-]+\z' -- $__assume_wanted; and set shown "$shown wants $__assume_wanted"
    end
    builtin printf 'assume: %s: assume here\n' $shown >&2
end

# Writes a path as it is shown, on one line.
function __assume_show_path
    # Without a home folder this stands for nothing that a path begins with.
    set --local home '~'
    string match --quiet --regex '(?s)^(?<home>/.*?)/*\z' -- "$HOME"
    string escape --style=regex -- $home | read --line home
    string replace --all --regex '[\x00-\x1f\x7f-\x9f\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{f600}-\x{f6ff}]' '?' -- $argv[1] | string replace --regex "^$home(?=/|\z)" '~'
end
