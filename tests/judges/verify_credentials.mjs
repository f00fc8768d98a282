// Digital Bazaar's libraries, with nothing but the documents they are given: node verify_credentials.mjs < request.json
// request: {credentials: [...], documents: {address: document}}; answer: one {verified, revoked, error} each.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import fs from 'node:fs';

const {credentials, documents} = JSON.parse(fs.readFileSync(0, 'utf8'));

async function documentLoader(url) {
  if(url in documents) {
    return {contextUrl: null, documentUrl: url, document: structuredClone(documents[url])};
  }
  throw new Error(`not found: ${url}`);
}

async function judge(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const status = [];
  const verdict = await vc.verifyCredential({
    credential, suite, documentLoader,
    checkStatus: async options => {
      const found = await checkStatus({...options, suite, documentLoader, verifyBitstringStatusListCredential: true});
      status.push(...(found.results ?? []).map(result => result.status));
      return found;
    }
  });
  const errors = verdict.error ? [verdict.error, ...(verdict.error.errors ?? [])] : [];
  return {
    verified: verdict.verified,
    revoked: status.some(Boolean),
    asked: status.length,
    error: errors.map(error => `${error.name}: ${error.message}`).join('; ')
  };
}

const verdicts = [];
for(const credential of credentials) {
  verdicts.push(await judge(credential).catch(error => ({verified: false, revoked: false, error: String(error)})));
}
process.stdout.write(JSON.stringify(verdicts));
