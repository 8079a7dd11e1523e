#!/bin/sh
# Installs assume for this user, from a checkout or from the npm package; see --help.
set -eu

print_help() {
  cat <<'HELP'
Usage: ./install.sh [options]

Builds assume, installs it into ${XDG_DATA_HOME:-~/.local/share}/assume, links it from
~/.local/bin, and lets your shells load it (assume setup). Needs Node 20.19 or newer.

  --yes, -y       ask nothing
  --shell LIST    only these shells: bash, zsh, fish, powershell, separated by commas
  --no-prompt     leave the prompt alone
  --no-setup      leave the rc files alone
  --try           open a shell in the sandbox (assume sandbox); nothing is installed
  --approve       with --try: allow every login at once, without a page
  --uninstall     remove what was installed; settings, plugins and key files stay
  --purge         with --uninstall: remove settings, plugins and allowed directories too, and key files with --yes
  --help, -h      show this help
HELP
}

say() { printf '%s\n' "$*"; }

# fail STATUS MESSAGE [WHAT-TO-DO]
fail() {
  printf 'install.sh: %s\n' "$2" >&2
  [ $# -lt 3 ] || printf '  %s\n' "$3" >&2
  exit "$1"
}

parse_options() {
  action=install yes=no purge=no setup=yes prompt=yes approve=no shells=
  while [ $# -gt 0 ]; do
    case $1 in
      --yes | -y) yes=yes ;;
      --uninstall) action=uninstall ;;
      --purge) purge=yes ;;
      --try) action=try ;;
      --approve) approve=yes ;;
      --no-setup) setup=no ;;
      --no-prompt) prompt=no ;;
      --shell=*) shells=${1#*=} ;;
      --shell)
        [ $# -gt 1 ] || fail 2 '--shell needs a value: --shell bash,zsh' './install.sh --help'
        shells=$2
        shift
        ;;
      --help | -h) action=help ;;
      *) fail 2 "there is no option $1" './install.sh --help' ;;
    esac
    shift
  done
  if [ "$purge" = yes ] && [ "$action" != uninstall ]; then
    fail 2 '--purge goes with --uninstall' './install.sh --uninstall --purge'
  fi
  if [ "$approve" = yes ] && [ "$action" != try ]; then
    fail 2 '--approve goes with --try' './install.sh --try --approve'
  fi
}

# base VARIABLE-VALUE FALLBACK: a folder of the XDG specification, where a relative path counts as unset
base() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s' "$HOME/$2" ;;
  esac
}

locate() {
  case ${HOME:-} in
    /*) ;;
    *) fail 1 'HOME is not set, or no absolute path' 'export HOME=/path/to/your/home' ;;
  esac
  data=$(base "${XDG_DATA_HOME:-}" .local/share)/assume
  cache=$(base "${XDG_CACHE_HOME:-}" .cache)/assume
  state=$(base "${XDG_STATE_HOME:-}" .local/state)/assume
  config=$(base "${XDG_CONFIG_HOME:-}" .config)/assume
  link=$HOME/.local/bin/assume
  # A data folder that was moved elsewhere is replaced there.
  if [ -h "$data" ] && [ -d "$data" ]; then data=$(cd "$data" && pwd -P); fi
}

ask() {
  [ "$yes" = no ] || return 0
  if [ ! -t 0 ] || [ ! -t 2 ]; then
    fail 3 'there is no terminal to ask on; nothing was changed' "./install.sh $2--yes"
  fi
  while :; do
    printf '%s [Y/n] ' "$1" >&2
    IFS= read -r answer || { printf '\n' >&2; exit 130; }
    case $answer in
      '' | y | Y | yes) return 0 ;;
      n | N | no)
        say 'nothing was changed'
        exit 0
        ;;
    esac
  done
}

check_node() {
  advice='get it from https://nodejs.org/en/download or with a version manager: nvm install 22, fnm install 22'
  found=$(command -v node) || fail 1 'Node 20.19 or newer is needed, and there is no node on PATH' "$advice"
  version=$(node --version) || fail 1 "$found does not work" "$advice"
  major=${version#v}
  minor=${major#*.}
  major=${major%%.*}
  minor=${minor%%.*}
  case $major$minor in
    '' | *[!0-9]*) fail 1 "$found says that its version is $version" "$advice" ;;
  esac
  if [ "$major" -lt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -lt 19 ]; }; then
    fail 1 "Node 20.19 or newer is needed; $found is $version" "$advice"
  fi
  # What a version manager has on PATH may be a script that picks another Node in each folder: then the Node it picked.
  node=$(node -e '
    const { realpathSync } = require("fs"), found = process.argv[1]
    const same = found[0] === "/" && realpathSync(found) === realpathSync(process.execPath)
    process.stdout.write(same ? found : process.execPath)
  ' "$found")
}

run_quietly() {
  log=$(mktemp "${TMPDIR:-/tmp}/assume-log.XXXXXX")
  status=0
  (cd "$source" && "$@") >"$log" 2>&1 || status=$?
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  [ "$status" -eq 0 ] || fail 1 "\"$*\" failed with status $status"
}

# is_newer REFERENCE PATH...: whether anything in the paths is newer than the reference, or that is missing
is_newer() {
  reference=$1
  shift
  [ -e "$reference" ] || return 0
  [ -n "$(find "$@" -newer "$reference" 2>/dev/null | head -n 1)" ]
}

build() {
  if [ ! -d "$source/src" ]; then
    [ -r "$source/dist/main.js" ] || fail 1 "$source holds neither the sources of assume nor the built program"
    return
  fi
  if is_newer "$source/dist/main.js" "$source/src" "$source/scripts/build.mjs" "$source/package.json"; then
    command -v npm >/dev/null || fail 1 'npm is needed to build assume, and it is not on PATH' "$advice"
    if is_newer "$source/node_modules/.package-lock.json" "$source/package-lock.json"; then
      say 'installing the packages that the build needs (npm ci) ...'
      run_quietly npm ci --include=dev --no-audit --no-fund
    fi
    say 'building ...'
    run_quietly npm run build
  fi
}

is_ours() {
  [ -f "$data/bin/assume" ] && grep -q '"name": "assume-cli"' "$data/package.json" 2>/dev/null
}

check_data() {
  [ ! -e "$data" ] || is_ours || fail 1 "$data is there and holds something else" "move it away: mv $data $data.old"
}

parts='bin dist shell package.json LICENSE'

# What the program or zsh has compiled for itself may be here and there, and is no matter.
is_current() {
  for part in $parts; do
    ! LC_ALL=C diff -r "$source/$part" "$data/$part" 2>&1 | grep -Eqv '(core|reader|plugin-host)-[^/]*\.v8-|\.zwc( |$)' || return 1
  done
  [ -n "$keyring" ] || { [ ! -e "$data/node_modules" ] && return; }
  for part in "$keyring"/keyring "$keyring"/keyring-*; do
    diff -r "$part" "$data/node_modules/@napi-rs/${part##*/}" >/dev/null 2>&1 || return 1
  done
}

# Sets keyring to the folder with the package that reaches the system's keyring and its parts for this platform, empty for none:
# npm leaves an optional package out where there is none for the platform, and where it is told to.
find_keyring() {
  keyring=
  set -- "$source/node_modules"
  case $source in */node_modules/assume-cli) set -- "$@" "${source%/*}" ;; esac
  for folder; do
    [ -d "$folder/@napi-rs/keyring" ] || continue
    # pnpm makes links of packages, and puts what one needs beside where it is.
    found=$(cd "$folder/@napi-rs/keyring" && pwd -P)
    for part in "${found%/*}"/keyring-*; do
      [ ! -d "$part" ] || keyring=${found%/*}
    done
    [ -z "$keyring" ] || return 0
  done
}

# Whoever can write there decides what the shells run.
close_to_others() {
  [ -n "$(find "$data" ! -type l \( -perm -020 -o -perm -002 \) | head -n 1)" ] || return 0
  chmod -R go-w "$data"
  changed=yes
  say "$data can be written by you alone now"
}

# The new folder is complete before the old one goes; clean_up puts the old one back if this ends in between.
install_files() {
  stage=$data.new.$$ old=$data.old.$$
  mkdir -p "${data%/*}"
  mkdir "$stage"
  for part in $parts; do
    cp -R "$source/$part" "$stage/"
  done
  if [ -n "$keyring" ]; then
    mkdir -p "$stage/node_modules/@napi-rs"
    for part in "$keyring"/keyring "$keyring"/keyring-*; do
      cp -RL "$part" "$stage/node_modules/@napi-rs/"
    done
  fi
  # Compiled code would count as ours from here on, whoever has put it there.
  rm -rf "$stage"/dist/*.v8-* "$stage"/shell/zsh/*.zwc
  chmod -R u+w,go-w "$stage"
  write_record "$stage/node"
  [ ! -e "$data" ] || mv "$data" "$old"
  mv "$stage" "$data"
  rm -rf "$old"
}

clean_up() {
  status=$?
  trap - EXIT
  if [ -n "${old:-}" ] && [ -d "$old" ] && [ ! -e "$data" ]; then mv "$old" "$data"; fi
  [ -z "${stage:-}" ] || rm -rf "$stage"
  [ -z "${log:-}" ] || rm -f "$log"
  [ -z "${throwaway:-}" ] || rm -rf "$throwaway"
  exit "$status"
}

# The record has the modification time of that Node, by which bin/start.sh sees whether it was replaced.
write_record() {
  describe_node >"$1"
  touch -r "$node" "$1"
}

# Its path; and whether it trusts the certificates that come with it and no others, as one that a distribution has built may
# do: then the core can trust those and the bundle of NODE_EXTRA_CA_CERTS where that is kept from Node.
describe_node() {
  printf '%s\n' "$node"
  NODE_OPTIONS='' NODE_USE_SYSTEM_CA='' NODE_EXTRA_CA_CERTS='' "$node" -e '
    const { getCACertificates, rootCertificates } = require("tls")
    const { target_defaults: { defines }, variables } = process.config
    const roots = new Set(rootCertificates)
    const isOfSystem = defines.includes("NODE_OPENSSL_CERT_STORE") || variables.openssl_system_ca_path
    const found = getCACertificates ? getCACertificates("default") : rootCertificates
    const areRoots = found.length === roots.size && found.every((each) => roots.has(each))
    if (!isOfSystem && areRoots) console.log("bundled-roots")
  ' 2>/dev/null || :
}

# Asks as bin/start.sh does. A node that is a link has the time of what it leads to.
# shellcheck disable=SC3013 # -nt and -ot: POSIX since 2024, and dash, busybox, bash and zsh have them
is_recorded() {
  [ "$(cat "$data/node" 2>/dev/null)" = "$(describe_node)" ] &&
    [ ! "$node" -nt "$data/node" ] && [ ! "$node" -ot "$data/node" ]
}

is_our_link() { [ -h "$link" ] && [ "$(readlink "$link")" = "$data/bin/assume" ]; }

place_link() {
  ! is_our_link || return 0
  if [ -e "$link" ] || [ -h "$link" ]; then
    say "$link is something else and stays; the program is $data/bin/assume"
    return
  fi
  mkdir -p "${link%/*}"
  ln -s "$data/bin/assume" "$link"
  changed=yes
  say "linked $link"
}

install() {
  check_node
  locate
  check_data
  ask "Install assume into $data, with a link in ~/.local/bin?" ''
  build
  find_keyring
  changed=no
  if ! is_current; then
    install_files
    changed=yes
    say "installed $data"
    [ -n "$keyring" ] ||
      say "without @napi-rs/keyring, which npm has not installed: long-lived keys can lie in encrypted files alone"
  elif ! is_recorded; then
    write_record "$data/node.new"
    mv "$data/node.new" "$data/node"
    changed=yes
    say "recorded $node"
  fi
  close_to_others
  place_link
  [ "$changed" = yes ] || say "up to date: $data"
  case :$PATH: in
    *:"$HOME/.local/bin":*) ;;
    *) say "$HOME/.local/bin is not on PATH: scripts find assume there only when it is" ;;
  esac
  "$data/bin/assume" list >/dev/null || say 'the profile index could not be built yet; the next switch does it'
  if [ "$setup" = yes ]; then
    run_setup
  elif [ "$changed" = yes ]; then
    say "next, to load it in your shells: $data/bin/assume setup"
  fi
}

run_setup() {
  set -- setup
  [ "$yes" = no ] || set -- "$@" --yes
  [ "$prompt" = yes ] || set -- "$@" --no-prompt
  [ -z "$shells" ] || set -- "$@" --shell "$shells"
  "$data/bin/assume" "$@"
}

# name_key FILE: the profile that a file in the folder of keys is of, by the line in clear at its top
name_key() {
  name=$(LC_ALL=C sed -n -E '1s/^.*"profile":"(([^"\\]|\\.)*)".*$/\1/p' "$1" 2>/dev/null | LC_ALL=C tr -c ' -~\n' '?')
  printf '%s' "${name:-an unknown profile}"
}

# tell_keys ENDING TEXT: a line for each file of that ending in the folder of keys
tell_keys() {
  for file in "$config/keys"/*"$1"; do
    if [ -e "$file" ] || [ -h "$file" ]; then say "$2 $(name_key "$file"): $file"; fi
  done
}

uninstall() {
  locate
  check_data
  if [ "$purge$yes" = yesno ] && [ -n "$(tell_keys .key '')" ]; then
    tell_keys .key 'this would remove the key of' >&2
    fail 3 'keys lie in encrypted files; nothing was changed' './install.sh --uninstall --purge --yes'
  fi
  ask "Remove assume from your shells and delete $data?" '--uninstall '
  program=$data/bin/assume
  # What is damaged cannot clean up after itself. The files of fish are found without asking a shell.
  "$program" setup --uninstall --dry-run --shell fish >/dev/null 2>&1 || program=$source/bin/assume
  if [ -d "$data" ] || [ -r "$source/dist/main.js" ]; then
    "$program" setup --uninstall --yes || fail 1 'the rc files could not be cleaned, so everything else stays too'
  fi
  if is_our_link; then remove "$link"; fi
  for path in "$data" "$cache"; do remove "$path"; done
  remove_state
  if [ "$purge" = yes ]; then
    tell_keys .note "the system's keyring keeps the key of"
    tell_keys .key 'removing the key of'
    remove "$config"
  elif [ -e "$config" ]; then
    tell_keys .key 'kept the key of'
    say "kept $config with your settings and plugins; --purge removes it too"
  fi
}

# Which directories may choose a profile is not asked a second time after a new installation.
remove_state() {
  if [ "$purge" = yes ] || [ ! -d "$state/directories" ]; then
    remove "$state"
    return
  fi
  for path in "$state"/* "$state"/.[!.]*; do
    [ "$path" = "$state/directories" ] || rm -rf "$path"
  done
  say "kept $state/directories, the directories that may choose a profile; --purge removes it too"
}

remove() {
  if [ -e "$1" ] || [ -h "$1" ]; then
    rm -rf "$1"
    say "removed $1"
  fi
}

# The real home folder is only read: the cache of npm is thrown away too.
try_out() {
  [ -r "$source/scripts/tour.bash" ] || fail 1 '--try works from a checkout only' 'assume sandbox'
  check_node
  throwaway=$(mktemp -d "${TMPDIR:-/tmp}/assume-try.XXXXXX")
  # The trap is not for the shell in brackets: what that leaves when it is interrupted goes with the folder.
  (export npm_config_cache="$throwaway/npm" TMPDIR="$throwaway" && build)
  rm -rf "$throwaway"
  # The status of the user's last command is no matter of ours.
  if [ -t 0 ] && [ -t 1 ]; then
    set --
    [ "$approve" = no ] || set -- --approve
    "$source/bin/assume" sandbox "$@" || :
    return
  fi
  "$source/bin/assume" sandbox --approve -- bash "$source/scripts/tour.bash"
}

main() {
  umask go-w
  parse_options "$@"
  source=$(cd "$(dirname "$0")" && pwd -P)
  trap clean_up EXIT
  trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
  case $action in
    help) print_help ;;
    install) install ;;
    uninstall) uninstall ;;
    try) try_out ;;
  esac
}

main "$@"
