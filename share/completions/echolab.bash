# Completion for bash. The program itself says what may stand there: echolab --complete WORD...
# shellcheck shell=bash
_echolab() {
  local word=${COMP_WORDS[COMP_CWORD]} line
  [[ $word != = ]] || word=''  # bash takes --color=never apart
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files)
        compopt -o filenames 2>/dev/null || true
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        ;;
      :users) mapfile -t COMPREPLY < <(compgen -u -- "$word") ;;
      :hosts) mapfile -t COMPREPLY < <(compgen -A hostname -- "$word") ;;
      *) COMPREPLY+=("${line%%$'\t'*}") ;;
    esac
  done < <("${COMP_WORDS[0]}" --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _echolab echolab
