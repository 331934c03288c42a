# Completion for fish. The program itself says what may stand there: echolab --complete WORD...
function __echolab_offer
    set -l before (commandline -opc)
    set -l word (commandline -ct)
    for line in ($before[1] --complete $before[2..-1] "$word" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path $word
            case :users
                __fish_complete_users
            case :hosts
                __fish_print_hostnames
            case '*'
                echo $line
        end
    end
end
complete -c echolab -f -a '(__echolab_offer)'
