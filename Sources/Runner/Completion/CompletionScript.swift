/// The text that a shell reads to complete the words of `run`.
package enum CompletionScript {
  /// For a program of this name, or of any path that ends in it.
  package static func text(for shell: CompletionShell, program: String) -> String {
    let template =
      switch shell {
      case .bash: bash
      case .zsh: zsh
      case .fish: fish
      }
    return template.replacing("PROGRAM", with: name(of: program))
  }

  /// The last part of a path, if it is a plain name: it becomes part of a script.
  private static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: "-_.".utf8.contains(byte)
      }
    }
    return isPlain && !name.isEmpty && !name.hasPrefix("-") ? name : "run"
  }

  // All of them ask the program itself, with its errors thrown away and without the terminal's input; and no program that is called
  // `run` by chance: a file is started only when it speaks of Pushbutton.

  private static let bash = #"""
    # bash completion of PROGRAM; made by: PROGRAM --completion bash

    _pushbutton() {
      COMPREPLY=()
      local line=${COMP_LINE:0:COMP_POINT} name text program answer kind
      # In front of the program there may be blanks and variables.
      local front='^([[:space:]]+|[A-Za-z_][A-Za-z0-9_]*=[^[:space:]]*[[:space:]])'
      while [[ $line =~ $front ]]; do line=${line:${#BASH_REMATCH[1]}}; done
      name=${line%%[[:space:]]*}
      [[ -n $name ]] || return 0
      if ((BASH_VERSINFO[0] > 3)) && [[ -n ${BASH_ALIASES[$name]-} ]]; then
        line=${BASH_ALIASES[$name]}${line:${#name}}
        name=${line%%[[:space:]]*}
      fi
      [[ $name == "~/"* ]] && name=$HOME/${name:2}
      program=$(type -P -- "$name") || program=$(type -P -- PROGRAM) || return 0
      LC_ALL=C grep -qi pushbutton "$program" 2>/dev/null || return 0
      answer=$("$program" --complete bash "$line" "$2" 2>/dev/null </dev/null)
      while IFS= read -r text; do
        if [[ -z $kind ]]; then kind=$text; elif [[ $kind == words ]]; then COMPREPLY+=("$text"); fi
      done <<<"$answer"
      # bash 3 has no compopt: there, a word for which nothing is known is a file.
      if [[ $kind == files ]]; then compopt +o nospace 2>/dev/null; else compopt +o default 2>/dev/null; fi
      return 0
    }

    _pushbutton_register() {
      complete -o default -o nospace -F _pushbutton PROGRAM
      local name text
      ((BASH_VERSINFO[0] > 3)) || return 0
      for name in "${!BASH_ALIASES[@]}"; do
        text=${BASH_ALIASES[$name]%%[[:space:]]*}
        if [[ ${text##*/} == PROGRAM ]]; then complete -o default -o nospace -F _pushbutton -- "$name"; fi
      done
    }
    _pushbutton_register
    unset -f _pushbutton_register

    """#

  private static let zsh = #"""
    #compdef PROGRAM
    # zsh completion of PROGRAM; made by: PROGRAM --completion zsh

    _pushbutton() {
      local program
      local -a before answer finished open
      program=$(whence -p -- "${${(Q)words[1]}/#\~\//$HOME/}") || program=$(whence -p PROGRAM) || return 1
      LC_ALL=C grep -qi pushbutton "$program" 2>/dev/null || return 1
      (( CURRENT > 2 )) && before=("${(@Q)words[2,CURRENT-1]}")
      answer=("${(@f)$("$program" --complete zsh "${before[@]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
      case $answer[1] in
        files)
          compset -P 1 '--*='
          _files
          ;;
        words)
          finished=("${(@)${(@M)answer:#+*}#+}")
          open=("${(@)${(@M)answer:#-*}#-}")
          _describe -t words word finished -- open -S ''
          ;;
        *) return 1 ;;
      esac
    }

    # Read as a file of $fpath it is the completion, and otherwise it registers it.
    if [[ $funcstack[1] == _PROGRAM ]]; then _pushbutton "$@"; else compdef _pushbutton PROGRAM; fi

    """#

  private static let fish = #"""
    # fish completion of PROGRAM; made by: PROGRAM --completion fish

    function __pushbutton
        set -l words (commandline -opc)
        # As it was typed, perhaps with a quote that is still open.
        set -l typed (commandline -ct)
        set -l token (string unescape -- "$typed"; or string unescape -- "$typed'"; or string unescape -- "$typed\""; or echo "$typed")
        set -l program (command -s -- (string replace -r '^~/' "$HOME/" -- $words[1]); or command -s PROGRAM)
        or return
        LC_ALL=C grep -qi pushbutton $program 2>/dev/null
        or return
        set -e words[1]
        set -l answer ($program --complete fish $words "$token" 2>/dev/null </dev/null)
        switch "$answer[1]"
            case words
                set -e answer[1]
                printf '%s\n' $answer
            case files
                set -l head (string match -r -- '^--[^=]*=' "$token")
                printf "$head%s\n" (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$token"))
        end
    end

    complete -c PROGRAM -f -a '(__pushbutton)'

    """#
}
