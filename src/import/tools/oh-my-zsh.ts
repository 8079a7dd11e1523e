import type { ImportFacts } from '../facts.ts'
import { type ImportTool, PlanDraft, type ToolPlan } from '../plan.ts'
import { listLines, putLinesAside } from '../start-up.ts'

/** The plugin among those of a list that may go over several lines. */
const pluginList = /^[ \t]*plugins\+?=\(([^)]*)\)/gm
const stateLine = /^(?:export[ \t]+)?AWS_PROFILE_STATE_ENABLED=["']?true["']?/

export const ohMyZsh: ImportTool = {
  name: 'oh-my-zsh',
  title: "oh-my-zsh's aws plugin",
  // Its state file lies where everybody can put one.
  places: () => ({}),
  detect,
  plan,
}

function detect({ startUp }: ImportFacts): string[] {
  const files = startUp.filter(({ text }) =>
    [...text.matchAll(pluginList)].some(([, list = '']) =>
      list.replace(/#.*/g, '').split(/\s+/).includes('aws'),
    ),
  )
  const lines = startUp.filter(({ text }) => /^[ \t]*(?:export[ \t]+)?AWS_PROFILE_STATE_ENABLED=/m.test(text))
  return [...new Set([...files, ...lines].map(({ shown }) => shown))]
}

function plan({ startUp }: ImportFacts): ToolPlan {
  const draft = new PlanDraft()
  putLinesAside(draft, startUp, stateLine)
  const isKept = listLines(startUp, stateLine).length > 0
  if (isKept)
    draft.note(
      'hint',
      'AWS_PROFILE_STATE_ENABLED set the last profile in every new shell, and assume --unset would give that back',
    )
  draft.note(
    'hint',
    'asp NAME is assume NAME here, acp NAME assume --export NAME, asr REGION assume -r REGION, agp and agr assume status',
  )
  for (const place of listLines(startUp, /\baws_prompt_info\b/))
    draft.note(
      'hint',
      `${place} shows the profile in the prompt, and so does assume: one of the two is enough`,
    )
  return draft.finish()
}
