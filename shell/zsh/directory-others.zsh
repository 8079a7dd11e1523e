# What the profile of a directory does beside direnv and mise, for zsh; read with directory-layer.zsh.

# --- direnv and mise -----------------------------------------------------------------------------------------

# Both give back, when their own directory is left, what they found when it was entered, which may be what a layer had set.
# __assume_held lists the names that they have changed above a layer, __assume_held_set how these were in it, and
# __assume_held_mark what direnv and mise had loaded then. What was there before the layer is kept as everywhere, in
# __assume_held_how and __assume_held_was.

# Puts back what the layer has set and nobody has changed since, holds the rest, and forgets the layer.
function __assume_give_way {
  builtin local __assume_name __assume_value __assume_now
  builtin local -a __assume_back
  (( ${#__assume_held} > 0 )) || __assume_held_mark="${DIRENV_DIR-}/${__MISE_SESSION-}"
  for __assume_name in "${(@k)__assume_layer_how}"; do
    (( ! ${__assume_held[(Ie)${__assume_name}]} )) || builtin continue
    __assume_find_value "${__assume_layer_set[@]}"
    if [[ "${__assume_value}" == "${__assume_now}" ]]; then
      __assume_back+=("${__assume_name}")
    else
      __assume_held+=("${__assume_name}")
      __assume_held_set=("${(@)__assume_held_set:#${__assume_name}=*}")
      [[ "${__assume_value}" == - ]] || __assume_held_set+=("${__assume_name}${__assume_value}")
      __assume_held_how[${__assume_name}]="${__assume_layer_how[${__assume_name}]}"
      __assume_held_was[${__assume_name}]="${__assume_layer_was[${__assume_name}]-}"
    fi
  done
  __assume_put_back_layer "${__assume_back[@]}"
  __assume_forget_layer
}

# Of __assume_name: __assume_value is = with the value that it has among the words, __assume_now = with the one that it has
# now, and either of them - where it has none.
function __assume_find_value {
  __assume_value="${${(@M)@:#${__assume_name}=*}[1]-}"
  __assume_value="${${__assume_value:+=${__assume_value#*=}}:--}"
  __assume_now=-
  [[ -z "${(Pt)__assume_name}" ]] || __assume_now="=${(P)__assume_name}"
}

# Where direnv or mise has loaded something else since, puts back what was before the layer in the place of what they have
# given back of it.
function __assume_take_held_back {
  builtin local __assume_name __assume_value __assume_now __assume_mark="${DIRENV_DIR-}/${__MISE_SESSION-}"
  builtin local -a __assume_back __assume_rest __assume_typed
  (( ${#__assume_held} > 0 )) || builtin return 0
  [[ "${__assume_mark}" == / || "${__assume_mark}" != "${__assume_held_mark}" ]] || builtin return 0
  for __assume_name in "${__assume_held[@]}"; do
    __assume_find_value "${__assume_held_set[@]}"
    if [[ "${__assume_value}" == "${__assume_now}" ]]; then
      __assume_back+=("${__assume_name}")
    else
      __assume_rest+=("${__assume_name}")
    fi
  done
  ! __assume_check "${__assume_back[@]}" || __assume_put_back_from __assume_held "${__assume_back[@]}"
  __assume_held=("${__assume_rest[@]}") __assume_held_mark="${__assume_mark}"
  if [[ "${__assume_mark}" == / || "${#__assume_held}" == 0 ]]; then
    __assume_held=() __assume_held_how=() __assume_held_was=() __assume_held_set=()
  fi
}

# The user has switched: what is there now is what comes back.
function __assume_hold_hand {
  builtin local __assume_name
  builtin local -A __assume_how __assume_was
  for __assume_name in "${__assume_held[@]}"; do __assume_save "${__assume_name}"; done
  __assume_held_how=("${(@kv)__assume_how}") __assume_held_was=("${(@kv)__assume_was}")
}
