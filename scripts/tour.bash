# Played by `install.sh --try` in the sandbox where there is no terminal.
# shellcheck disable=SC1091,SC2016
. "${HOME}/.bashrc"

step() {
  printf '\n$ %s\n' "$1"
  eval "$1" 2>&1 || exit
}

step 'assume list'
step 'assume login --device-code'
step 'assume dev-profile'
step "env | grep -E '^(AWS_(PROFILE|REGION|DEFAULT)|ASSUME)' | sort"
step 'assume whoami'
step 'assume exec --export test-profile -- sh -c '\''echo "${AWS_ACCESS_KEY_ID%????????????} until ${AWS_CREDENTIAL_EXPIRATION}"'\'
step 'assume test-profile'
step 'echo "${AWS_PROFILE}"'
step 'assume -'
step 'echo "${AWS_PROFILE}"'
step 'assume --unset'
step 'echo "<${AWS_PROFILE-}>"'
