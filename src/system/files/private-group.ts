/** Somebody of whom only numbers are known. */
export interface UserAccount {
  readonly userId: number
  /** The primary group by what the system says of the process; absent where the process is another user's. */
  readonly groupId?: number
}

/** The texts of the files in which a system keeps its users and groups (`passwd(5)`, `group(5)`); empty where absent. */
export interface AccountRecords {
  readonly passwd: string
  readonly group: string
}

/**
 * The primary group of a user, if nobody else is in it: its id is the user's, or the records have it under the user's name
 * and without another member, as systems do that make a group for each user. Undefined where it is shared. A user
 * without a record has the group of the process, else that of the own number.
 */
export function findPrivateGroup(
  { userId, groupId }: UserAccount,
  records: AccountRecords,
): number | undefined {
  const user = parseRecords(records.passwd).find(([, , id]) => id === String(userId))
  const primary = Number(user?.[3] ?? groupId ?? userId)
  if (primary === userId) return primary
  const name = user?.[0]
  const isOwn = parseRecords(records.group).some(
    ([group, , id, members = '']) =>
      group === name &&
      id === String(primary) &&
      members.split(',').every((member) => ['', name].includes(member)),
  )
  return isOwn ? primary : undefined
}

function parseRecords(text: string): string[][] {
  return text.split('\n').map((line) => line.split(':'))
}
