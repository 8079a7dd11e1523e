# Played by `install.sh --try` where there is no terminal. HOME is the throw-away one.
# shellcheck disable=SC1091,SC2016
. "${HOME}/.bashrc"

step() {
  printf '\n$ %s\n' "$1"
  eval "$1" || exit
}

step 'assume list'
step 'assume dev-profile'
step "env | grep -E '^(AWS|ASSUME)_' | sort"
step 'assume test-profile'
step 'echo "${AWS_PROFILE}"'
step 'assume -'
step 'echo "${AWS_PROFILE}"'
step 'assume --unset'
step "env | grep -E '^(AWS|ASSUME)_' || echo 'nothing is left'"
