// Mounts the window's page.
import { mount } from 'svelte';
import './tokens.css';
import './base.css';
import App from './app/App.svelte';
import { loadFonts } from './fonts';

loadFonts();
mount(App, { target: document.getElementById('app')! });
