# bash completion of bnrun; in ~/.bashrc: source <(bnrun completion bash)

_bnrun() {
    local words=() word text path paths breaks=0 broken_off='' i
    # bash breaks words at = and :, which are part of a word here.
    [[ ${COMP_WORDBREAKS-} != *=* ]] || breaks=1
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((breaks && i > 1)) && [[ $word == [=:] || ${COMP_WORDS[i - 1]} == [=:] ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
    done
    ((!breaks)) || broken_off=${words[-1]%"${words[-1]##*[=:]}"}
    COMPREPLY=()
    while IFS=$'\t' read -r word text; do
        if [[ $word == :* ]]; then
            paths=f
            [[ $word == :paths ]] || paths=d
            compopt -o filenames -o noquote 2> /dev/null
            while IFS= read -r path; do
                word=$text$path
                word=${word#"$broken_off"}
                # bash would quote = and comma, too, and then not know the word again; of what it has not quoted or has
                # broken off, it does not see that it is a directory.
                if [[ $word == *[!A-Za-z0-9_./=,+:@%~-]* ]]; then printf -v word %q "$word"; fi
                if [[ $word != "$path" && -d $path ]]; then
                    word+=/
                    compopt -o nospace 2> /dev/null
                fi
                COMPREPLY+=("$word")
            done < <(compgen -"$paths" -- "${words[-1]#"$text"}")
        else
            [[ $word != *= ]] || compopt -o nospace 2> /dev/null
            COMPREPLY+=("${word#"$broken_off"}")
        fi
    done < <(command "${COMP_WORDS[0]}" complete -- "${words[@]}" 2> /dev/null)
}

complete -F _bnrun bnrun
