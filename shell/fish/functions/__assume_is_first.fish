# Whether the word that is being typed is the first after `assume`.
function __assume_is_first
    set --local words (builtin commandline -opc)
    not set --query words[2]
end
