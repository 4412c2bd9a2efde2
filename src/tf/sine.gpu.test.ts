import { test } from 'vitest';
import { onGpu } from '../../test/onGpu.ts';
import { angles, expectSines } from '../../test/sines.ts';

onGpu();

test('sines and cosines are right to float32’s last digits, many turns away too', async () => {
  await expectSines(angles);
});
