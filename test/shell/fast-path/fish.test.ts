import { fish } from '../../support/shells/fish.ts'
import { describeFastPath } from './scenarios.ts'

describeFastPath(fish)
