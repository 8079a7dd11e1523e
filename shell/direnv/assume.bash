# `use assume PROFILE [OPTION...]` for the .envrc files of direnv, which reads this by a line that assume setup offers.
# shellcheck shell=bash

# Sets for tools what `assume PROFILE` would set, but not what tells that a switch did: the profile of a directory steps aside for
# direnv. The options are those of `assume env`. Nobody is asked and nothing is logged in, and keys are refused: direnv would
# keep them in its own variable, DIRENV_DIFF. Fails, and with it the .envrc, with a message.
use_assume() {
  local folder="${BASH_SOURCE[0]%/*}/../.." core=assume code
  [[ ! -r "${folder}/dist/main.js" ]] || core="${folder}/bin/assume"
  watch_file "${AWS_CONFIG_FILE:-${HOME}/.aws/config}"
  code="$("${core}" env "$@" --no-login --shell bash </dev/null)" || return 1
  case "${code}" in
    *AWS_SECRET_ACCESS_KEY=*)
      log_error "assume: tools need the keys of $1, which direnv would keep in DIRENV_DIFF: assume exec $1 -- COMMAND"
      return 1
      ;;
    *) ;;
  esac
  # Of the switch that was in force before.
  case " ${ASSUME_VARS-} " in *' AWS_REGION '*) unset -v AWS_REGION ;; *) ;; esac
  case " ${ASSUME_VARS-} " in *' AWS_DEFAULT_REGION '*) unset -v AWS_DEFAULT_REGION ;; *) ;; esac
  # shellcheck disable=SC2034
  local ASSUME_VARS ASSUME_PROFILE ASSUME_ACCOUNT_ID ASSUME_ROLE_NAME ASSUME_EXPIRES_AT
  eval "${code}"
}
