/** What refusals carry, for every module whose commands can be refused. */
import { Module } from '@nestjs/common';
import { RefusalDetails } from './refusal.details.js';

@Module({ providers: [RefusalDetails], exports: [RefusalDetails] })
export class RefusalsModule {}
