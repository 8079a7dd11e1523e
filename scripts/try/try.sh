#!/bin/sh
# try.sh INSTALL.SH: opens a shell with assume loaded, in a home folder that is thrown away when it ends. Without a
# terminal it plays a short tour instead. The real home folder is only read, for the settings of npm.
set -eu

clean_up() {
  status=$?
  trap - EXIT
  rm -rf "$throwaway"
  exit "$status"
}

# npm keeps its cache and its settings in the home folder.
make_home() {
  npm_config_userconfig=${npm_config_userconfig:-$HOME/.npmrc}
  npm_config_cache=$throwaway/npm
  names=$(env | sed -n -e 's/^\(AWS_[A-Za-z0-9_]*\)=.*/\1/p' -e 's/^\(XDG_[A-Za-z0-9_]*\)=.*/\1/p' \
    -e 's/^\(ASSUME_[A-Za-z0-9_]*\)=.*/\1/p')
  for name in $names ZDOTDIR BASH_ENV ENV; do unset "$name"; done
  HOME=$throwaway/home PATH=$throwaway/home/.local/bin:$PATH
  export npm_config_userconfig npm_config_cache HOME PATH
  mkdir -p "$HOME/.aws"
  cp "$here/config" "$HOME/.aws/config"
  # Without a node the installation says what to do.
  if command -v node >/dev/null; then node "$here/write-token.mjs" "$HOME"; fi
  printf 'autoload -Uz compinit && compinit -i\n' >"$HOME/.zshrc"
}

# The user's own shell, else bash; the tour is written for bash.
choose_shell() {
  shell=bash program=bash
  [ "$interactive" = yes ] || return 0
  case ${SHELL:-} in
    */bash | */zsh | */fish) shell=${SHELL##*/} program=$SHELL ;;
    */pwsh) shell=powershell program=$SHELL ;;
  esac
}

install() {
  log=$throwaway/log
  printf 'building assume and installing it into a throw-away home folder ...\n'
  if ! sh "$1" --yes --shell "$shell" >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
  fi
}

open_shell() {
  cat <<'HINT'
assume is loaded in this shell. Its home folder is thrown away when you leave it: exit
  assume dev-p<TAB>   switches; see it with: env | grep AWS
  assume list         assume -         assume --unset         assume --help
HINT
  case $shell in
    powershell) "$program" -NoLogo ;;
    *) "$program" -i ;;
  esac
}

main() {
  here=$(cd "$(dirname "$0")" && pwd -P)
  interactive=no
  if [ -t 0 ] && [ -t 1 ]; then interactive=yes; fi
  throwaway=$(mktemp -d "${TMPDIR:-/tmp}/assume-try.XXXXXX")
  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  make_home
  choose_shell
  install "$1"
  if [ "$interactive" = yes ]; then
    # The status of the user's last command is no matter of ours.
    open_shell || :
  else
    bash "$here/tour.bash"
  fi
}

main "$@"
