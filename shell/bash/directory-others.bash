# What the profile of a directory does beside direnv and mise, for bash; read with directory-layer.bash.
# shellcheck shell=bash disable=SC2154

# --- direnv and mise -----------------------------------------------------------------------------------------

# Both give back, when their own directory is left, what they found when it was entered, which may be what a layer had set.
# __assume_held lists, between spaces, the names that they have changed above a layer, __assume_held_set how these were in it, and
# __assume_held_mark what direnv and mise had loaded then. What was there before the layer is kept as everywhere, in variables
# that begin with __assume_held.

# Puts back what the layer has set and nobody has changed since, holds the rest, and forgets the layer.
function __assume_give_way {
  \builtin local __assume_name __assume_back=' ' __assume_value __assume_now __assume_how
  if [[ -z "${__assume_held}" ]]; then
    __assume_held=' ' __assume_held_had=' ' __assume_held_set=() __assume_held_mark="${DIRENV_DIR-}/${__MISE_SESSION-}"
  fi
  for __assume_name in ${__assume_layer_names}; do
    [[ "${__assume_held}" != *" ${__assume_name} "* ]] || \builtin continue
    __assume_find_value ${__assume_layer_set[@]+"${__assume_layer_set[@]}"}
    if \builtin test "${__assume_value}" = "${__assume_now}"; then
      __assume_back+="${__assume_name} "
      \builtin continue
    fi
    __assume_held+="${__assume_name} "
    __assume_held_had="${__assume_held_had/ ${__assume_name} / }"
    [[ "${__assume_value}" == - ]] || __assume_held_set+=("${__assume_name}${__assume_value}")
    [[ "${__assume_layer_had}" == *" ${__assume_name} "* ]] || \builtin continue
    __assume_how="__assume_layer_how_${__assume_name}"
    \builtin printf -v "__assume_held_how_${__assume_name}" %s "${!__assume_how}"
    __assume_how="__assume_layer_was_${__assume_name}"
    \builtin printf -v "__assume_held_was_${__assume_name}" %s "${!__assume_how}"
    __assume_held_had+="${__assume_name} "
  done
  __assume_put_back_layer "${__assume_back}"
  __assume_forget_layer
}

# Of __assume_name: __assume_value is = with the value that it has among the words, __assume_now = with the one that it has
# now, and either of them - where it has none.
function __assume_find_value {
  \builtin local __assume_entry
  __assume_value=- __assume_now=-
  [[ -z "${!__assume_name+set}" ]] || __assume_now="=${!__assume_name}"
  for __assume_entry in "$@"; do
    [[ "${__assume_entry%%=*}" != "${__assume_name}" ]] || __assume_value="=${__assume_entry#*=}"
  done
}

# Where direnv or mise has loaded something else since, puts back what was before the layer in the place of what they have
# given back of it.
function __assume_take_held_back {
  \builtin local __assume_name __assume_value __assume_now __assume_back=' ' __assume_rest=' '
  \builtin local __assume_mark="${DIRENV_DIR-}/${__MISE_SESSION-}"
  [[ -n "${__assume_held}" ]] || \builtin return 0
  [[ "${__assume_mark}" == / ]] || ! \builtin test "${__assume_mark}" = "${__assume_held_mark}" || \builtin return 0
  for __assume_name in ${__assume_held}; do
    __assume_find_value ${__assume_held_set[@]+"${__assume_held_set[@]}"}
    if \builtin test "${__assume_value}" = "${__assume_now}"; then
      __assume_back+="${__assume_name} "
    else
      __assume_rest+="${__assume_name} "
    fi
  done
  ! __assume_check "${__assume_back}" || __assume_put_back __assume_held "${__assume_back}"
  __assume_held="${__assume_rest}" __assume_held_mark="${__assume_mark}"
  if [[ "${__assume_mark}" == / || "${__assume_held}" == ' ' ]]; then
    __assume_drop __assume_held
    __assume_held='' __assume_held_set=()
  fi
}

# The user has switched: what is there now is what comes back.
function __assume_hold_hand {
  \builtin local IFS=' ' __assume_name __assume_all __assume_type
  for __assume_name in ${__assume_held}; do
    __assume_held_had="${__assume_held_had/ ${__assume_name} / }"
    __assume_all="${__assume_name}[@]"
    [[ -z "${!__assume_name+set}${!__assume_all+set}" ]] || __assume_keep __assume_held "${__assume_name}"
  done
}
