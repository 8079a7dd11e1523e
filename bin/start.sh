# shellcheck shell=sh disable=SC2154 # _assume_folder, which is that of this file, and _assume_options are bin/assume's
# What bin/assume does where it prints no kept keys: starts assume with a Node that it can run on, also after the Node on
# PATH has changed. Ends the shell.

unset _assume_best _assume_code _assume_dir _assume_failed _assume_first _assume_found _assume_major _assume_minor \
  _assume_is_tested _assume_node _assume_rank _assume_record _assume_rest _assume_root _assume_roots \
  _assume_seen _assume_version

# What exec fails with is not to be taken for its command's own status. PowerShell may hand over the words in a variable.
case ${1-}${ASSUME_ARGUMENTS-} in
  exec | '["exec"'*) _assume_failed=125 ;;
  *) _assume_failed=1 ;;
esac

_assume_fail() {
  printf 'assume: %s\n' "$@" >&2
  exit "$_assume_failed"
}

case $_assume_folder in
  /*/bin) _assume_root=${_assume_folder%/bin} ;;
  *) _assume_root=$_assume_folder/.. ;;
esac
if [ ! -r "$_assume_root/dist/main.js" ]; then
  [ -e "$_assume_root/install.sh" ] ||
    _assume_fail "$_assume_root has lost dist/main.js: run install.sh of a clone again, or with --uninstall to remove it"
  _assume_fail "$_assume_root is not built: run ./install.sh there, or npm ci and npm run build"
fi

# The first node on PATH. Relative entries are left out: a folder must not choose our Node.
_assume_is_tested=
_assume_found=
_assume_rest=$PATH:
while [ -n "$_assume_rest" ]; do
  _assume_dir=${_assume_rest%%:*}
  _assume_rest=${_assume_rest#*:}
  case $_assume_dir in
    /*) ;;
    *) continue ;;
  esac
  if [ -x "$_assume_dir/node" ] && [ ! -d "$_assume_dir/node" ]; then
    _assume_found=$_assume_dir/node
    break
  fi
done

# The record has the modification time of the Node that install.sh tested: whatever replaced it has another.
# shellcheck disable=SC3013 # -nt and -ot: POSIX since 2024, and dash, busybox, bash and zsh have them
_assume_is_recorded() {
  _assume_record=
  _assume_roots=
  if [ -f "$_assume_root/node" ] && [ -r "$_assume_root/node" ]; then
    {
      IFS= read -r _assume_record
      IFS= read -r _assume_roots
    } <"$_assume_root/node"
  fi
  [ -n "$1" ] && [ "$1" = "$_assume_record" ] &&
    [ ! "$1" -nt "$_assume_root/node" ] && [ ! "$1" -ot "$_assume_root/node" ]
}

# The program gets the options as they came. bash that is called sh has added posix to an exported SHELLOPTS, which says so
# to every bash below.
_assume_become() {
  {
    # In another shell, to which that variable was exported, it is no option; without command it would end there.
    # shellcheck disable=SC3040
    [ -z "${BASH_VERSION-}" ] || command set +o posix
    case $_assume_options in *a*) set -a ;; esac
    case $_assume_options in *v*) set -v ;; esac
    case $_assume_options in *x*) set -x ;; esac
  } 2>/dev/null
  exec "$@"
}

_assume_become_core() {
  _assume_become "$_assume_found" "$_assume_root/dist/main.js" "$@"
}

if _assume_is_recorded "$_assume_found"; then
  _assume_is_tested=yes
  [ "$_assume_failed${NODE_EXTRA_CA_CERTS-}" != 1 ] || _assume_become_core "$@"
fi

# A Node may take longer to read the bundle of NODE_EXTRA_CA_CERTS than for all else, and most calls open no connection. The
# core trusts it in its place, and gives the variable back to what it starts, where this Node trusts else just what comes with
# it: install.sh has looked. The options are those that may change that, or connect before the core does.
_assume_hold_bundle() {
  [ -n "${NODE_EXTRA_CA_CERTS-}" ] && [ "$_assume_is_tested$_assume_roots" = yesbundled-roots ] || return 0
  [ -f "$NODE_EXTRA_CA_CERTS" ] && [ -r "$NODE_EXTRA_CA_CERTS" ] && [ -z "${NODE_USE_SYSTEM_CA-}" ] || return 0
  case ${NODE_OPTIONS-} in *-ca* | *-r* | *ssl* | *tls* | *import* | *loader* | *file* | *config*) return ;; esac
  export "ASSUME_NODE_EXTRA_CA_CERTS=$NODE_EXTRA_CA_CERTS"
  unset NODE_EXTRA_CA_CERTS
}

if [ "$_assume_is_tested$_assume_failed" = yes1 ]; then
  _assume_hold_bundle
  _assume_become_core "$@"
fi

# Sets _assume_code to what the core answers; ends with the core where that has nothing to say.
_assume_ask() {
  {
    _assume_code=$(
      export ASSUME_SHELL='sh'
      _assume_hold_bundle
      exec "$_assume_found" "$_assume_root/dist/main.js" "$@" 3>&1 >&4 4>&-
    ) || exit
    [ -n "$_assume_code" ] || exit 0
  } 4>&1 || exit 125
}

# The command of exec takes the place of this process, so that its signals, job, descriptors, and words and variables that are
# no UTF-8 are as if it had been started here. The core says on descriptor 3 what to change before.
_assume_exec() {
  trap 'exit 130' INT
  if { true 4>&1; } 2>/dev/null; then
    _assume_ask "$@"
  else
    # A closed stdout cannot be copied.
    _assume_ask "$@" >/dev/null
  fi
  trap - INT
  eval "$_assume_code"
  _assume_become "$@"
}

[ -z "$_assume_is_tested" ] || _assume_exec "$@"

# Sets _assume_rank to a number that grows with the version of $1; fails if that is older than 20.19.
_assume_check_version() {
  [ -x "$1" ] && [ ! -d "$1" ] || return
  _assume_version=$("$1" --version 2>/dev/null) || return
  _assume_version=${_assume_version#v}
  _assume_major=${_assume_version%%.*}
  _assume_minor=${_assume_version#*.}
  _assume_minor=${_assume_minor%%.*}
  case $_assume_major$_assume_minor in
    '' | *[!0-9]*) return 1 ;;
  esac
  _assume_rank=$((_assume_major * 1000 + _assume_minor))
  [ "$_assume_rank" -ge 20019 ]
}

# Sets _assume_found to the newest suitable Node in the places where version managers and systems put them. A HOME that is
# no absolute path counts as unset.
_assume_search_places() {
  _assume_best=0
  _assume_found=
  set -- /opt/homebrew/bin/node /usr/local/bin/node /usr/bin/node
  case ${HOME-} in
    /*)
      set -- \
        "$HOME"/.nvm/versions/node/*/bin/node \
        "$HOME"/.local/share/fnm/node-versions/*/installation/bin/node \
        "$HOME/.volta/bin/node" \
        "$HOME/.asdf/shims/node" \
        "$@"
      ;;
  esac
  for _assume_node in "$@"; do
    if _assume_check_version "$_assume_node" && [ "$_assume_rank" -gt "$_assume_best" ]; then
      _assume_best=$_assume_rank
      _assume_found=$_assume_node
    fi
  done
  [ -n "$_assume_found" ]
}

_assume_explain_missing_node() {
  _assume_seen='there is no node on PATH'
  [ -n "$_assume_first" ] && _assume_seen="$_assume_first is $("$_assume_first" --version 2>/dev/null || echo broken)"
  _assume_fail "Node 20.19 or newer is needed; $_assume_seen," \
    "and none is where nvm, fnm, volta, asdf, Homebrew and the system put it; see https://nodejs.org/en/download"
}

_assume_first=$_assume_found
_assume_check_version "$_assume_found" || {
  _assume_found=$_assume_record
  _assume_check_version "$_assume_found"
} || _assume_search_places || _assume_explain_missing_node
[ "$_assume_failed" -eq 125 ] || _assume_become_core "$@"
_assume_exec "$@"
