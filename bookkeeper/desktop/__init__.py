"""The window: it shows and asks. No accounting is here: every act and query goes through `commands`."""
