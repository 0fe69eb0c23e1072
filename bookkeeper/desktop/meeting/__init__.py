"""The parts of the meeting's page: what is typed (no Qt), the members' sheet, cash, the foot, minutes."""
