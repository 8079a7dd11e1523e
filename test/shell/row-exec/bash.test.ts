import { bash } from '../../support/shells/bash.ts'
import { describeRowExec } from './scenarios.ts'

describeRowExec(bash)
