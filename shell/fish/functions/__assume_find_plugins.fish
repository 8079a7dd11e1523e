# Writes the plugins: the built-in ones, those in the plugin folder, those in the settings. Starts no process.
function __assume_find_plugins
    set --local names $__assume_plugins
    set --local folder
    string match --quiet '/*' -- "$HOME"; and set folder $HOME/.config/assume
    string match --quiet '/*' -- "$XDG_CONFIG_HOME"; and set folder $XDG_CONFIG_HOME/assume
    # Without a HOME only the core knows where they are.
    if set --query folder[1]
        # A wildcard without a match is an error but in set.
        set --local entries $folder/plugins/*
        set --local manifests $folder/plugins/*/package.json
        set --local found (string match --invert '*.d.ts' -- $entries)
        set --local packages (string replace --regex --filter '/package\.json\z' '' -- $manifests)
        set names $names (string replace --regex --filter '.*/([^/]+)\.[mc]?[tj]s\z' '$1' -- $found)
        set names $names (string replace --regex --filter '.*/assume-plugin-([^/]+)\z' '$1' -- $found)
        set names $names (string replace --regex --filter '.*/([^/]+)\z' '$1' -- $packages)
        test -r $folder/config -a -f $folder/config
        and set names $names (string match --regex --groups-only '^\[plugin\s+([^]\s]+)' <$folder/config)
    end
    set --local seen
    for name in (string match --regex '^[a-z][a-z0-9-]*\z' -- $names)
        builtin contains -- $name $seen; or builtin printf '%s\n' $name
        set --append seen $name
    end
end
