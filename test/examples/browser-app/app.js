/**
 * A browser application on an origin of its own, which the license server has to allow (`SEATKEEPER_ALLOWED_ORIGINS`). The session is
 * kept in `localStorage`, so it is one device for all of its pages; another browser or profile is another device.
 */
import { createSeat } from 'seatkeeper/client';

const status = document.querySelector('[role=status]');
const draw = document.querySelector('#draw');
const map = document.querySelector('#map');
const form = document.querySelector('form');

// A person types the key. A key in the page's source would be everybody's.
const keptKey = localStorage.getItem('mapper.license-key') ?? '';
// A promise, so that the page takes clicks from the beginning.
let opening = open(keptKey);

async function open(licenseKey) {
  const opened = await createSeat({
    serverUrl: document.body.dataset.licenseServer,
    licenseKey,
    product: 'mapper',
    name: 'Mapper in the browser',
    platform: 'browser',
  });
  opened.subscribe(show);
  show(opened.answer);
  return opened;
}

function show({ mayRun, state, until, whyNot, detail, whatToDo }) {
  draw.disabled = !mayRun;
  if (state === 'active') status.textContent = 'Ready.';
  else if (mayRun) status.textContent = `Ready, without the license server until ${until.toLocaleString('en-GB')}.`;
  else status.textContent = [detail, whatToDo].filter(Boolean).join(' ');
  status.dataset.why = whyNot ?? '';
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const typed = form.elements.key.value.trim();
  if (typed !== '') {
    localStorage.setItem('mapper.license-key', typed);
    // Another key is another session; the one before is closed, and what it has kept stays.
    (await opening).close();
    opening = open(typed);
  }
  const seat = await opening;
  const { error, answer } = await seat.activate({ askedByPerson: true });
  // What a person asked for and did not get, where the seat has nothing new to say.
  if (error !== null && error.code !== answer.whyNot) status.textContent = `${error.detail} ${error.remedy ?? ''}`;
});

document.querySelector('#log-out').addEventListener('click', async () => (await opening).logOut());

draw.addEventListener('click', async () => {
  const { mayRun, detail } = (await opening).answer;
  map.textContent = mayRun ? 'A map was drawn.' : detail;
});

if (keptKey !== '') await (await opening).activate();
