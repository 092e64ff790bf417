#compdef bnrun
# zsh completion of bnrun; in ~/.zshrc, after compinit: source <(bnrun completion zsh)
# or as a file _bnrun in a directory of $fpath.

_bnrun() {
    local word text paths before
    local -a whole open
    while IFS=$'\t' read -r word text; do
        case $word in
            :*) paths=$word before=$text ;;
            *=) open+=("${word//:/\\:}:$text") ;;
            *) whole+=("${word//:/\\:}:$text") ;;
        esac
    done < <(command ${(Q)words[1]} complete -- "${(@Q)words[2,CURRENT]}" 2> /dev/null)
    (( $#whole )) && _describe -t values value whole
    (( $#open )) && _describe -t keys key open -S ''
    [[ -z $paths ]] && return
    compset -P "${(b)before}"
    if [[ $paths == :directories ]]; then _files -/; else _files; fi
}

if [[ $funcstack[1] == _bnrun ]]; then _bnrun "$@"; else compdef _bnrun bnrun; fi
