import { describeOn } from '../../test/describeOn.ts';
import { pictureOpsSuite } from '../../test/pictureOps.ts';

describeOn('webgpu', true, 'operations on pictures', pictureOpsSuite);
