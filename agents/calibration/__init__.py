"""How a persona is fitted to a real model: probes with exact answers, asked, kept and counted."""
