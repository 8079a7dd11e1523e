import { peerRecord } from './peer-record.mjs'

const profiles = 1000

/** What people compare tools by: our figures for a job, and the jobs under which the same of other tools was measured. */
const subjects = [
  {
    title: 'Switch the profile of this bash',
    ours: [{ label: 'assume', what: 'assume NAME', shell: 'bash' }],
    jobs: ['assume --export NAME, static keys'],
  },
  {
    title: 'Switch it with exported keys',
    ours: [{ label: 'assume --export', what: 'assume --export NAME, static keys', shell: 'bash' }],
    jobs: ['assume --export NAME, static keys'],
  },
  {
    title: 'credential_process, as every SDK starts it',
    ours: [
      { label: 'assume, kept keys', what: 'assume credential-process NAME, kept keys', shell: 'dash as sh' },
      { label: 'assume, static keys', what: 'assume credential-process NAME, static keys' },
    ],
    jobs: ['assume credential-process NAME, static keys'],
  },
  {
    title: 'Run /bin/true as a profile',
    ours: [{ label: 'assume exec', what: 'assume exec NAME -- COMMAND, typed', shell: 'bash' }],
    jobs: ['assume exec --export NAME -- true, static keys'],
  },
  {
    title: 'List the profiles',
    ours: [{ label: 'assume list', what: 'assume list' }],
    jobs: ['assume list'],
  },
]

const toolNames = {
  granted: 'Granted',
  assumego: 'Granted',
  'aws-vault': 'aws-vault',
  'aws-sso': 'aws-sso-cli',
  awsume: 'awsume',
  aws: 'AWS CLI',
}

/**
 * What assume and the other tools take for the same jobs with 1,000 profiles, as ratios to one `/bin/true`: for each job its
 * title and bars, quickest first, each with a label, `isOurs`, and `floor` where the tool takes more than that. What the run
 * has not measured of a tool is the record's, and `dated` then.
 */
export function comparePeers({ figures, peers }) {
  return subjects.map(({ title, ours, jobs }) => {
    const own = ours.flatMap(({ label, what, shell }) => {
      const figure = figures.find(
        (each) => each.what === what && each.shell === shell && each.profiles === profiles,
      )
      return figure ? [{ label, true: figure.true, isOurs: true }] : []
    })
    return { title, bars: [...own, ...comparePeersAt(jobs, peers)].toSorted((a, b) => a.true - b.true) }
  })
}

function comparePeersAt(jobs, peers) {
  const measured = peers.filter(
    (each) => jobs.includes(each.job) && each.profiles === profiles && (each.shell ?? 'bash') === 'bash',
  )
  const known = new Set(measured.map(({ tool }) => toolNames[tool]))
  const recorded = peerRecord.figures.filter(
    ({ job, tool }) => jobs.includes(job) && !known.has(toolNames[tool]),
  )
  return [
    ...measured.map(({ tool, true: ratio }) => ({ label: toolNames[tool], true: ratio })),
    ...recorded.map(({ tool, true: ratio, floor }) => ({
      label: toolNames[tool],
      true: ratio,
      dated: true,
      ...(floor && { floor }),
    })),
  ]
}
