import { render } from "preact";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/parts.css";
import "./styles/print.css";
import { App } from "./app";
import { listen } from "./route";
import { dressDocument, hearNews, loadMonitor } from "./state";

listen();
dressDocument();
void loadMonitor();
hearNews();

const root = document.getElementById("app");
if (root) render(<App />, root);
