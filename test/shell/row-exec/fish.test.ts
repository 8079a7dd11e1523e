import { fish } from '../../support/shells/fish.ts'
import { describeRowExec } from './scenarios.ts'

describeRowExec(fish)
