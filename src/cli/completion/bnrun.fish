# fish completion of bnrun: bnrun completion fish > ~/.config/fish/completions/bnrun.fish

function __bnrun_offers
    set -l words (commandline -opc) (commandline -ct)
    for line in (command $words[1] complete -- $words[2..-1] 2> /dev/null)
        switch $line
            case ':directories*'
                __fish_complete_directories (commandline -ct)
            case ':paths*'
                __fish_complete_path (commandline -ct)
            case '*'
                echo $line
        end
    end
end

complete -c bnrun -f -a '(__bnrun_offers)'
