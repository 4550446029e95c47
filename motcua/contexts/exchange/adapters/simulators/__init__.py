"""Stand-ins for the neighbours: VNeID, population register, bank, mail and SMS gateways.

They speak the neighbours' shapes, keep what they were told under ``var/simulators`` and can be put
out of order on ``/control``. Every person in them is fictitious.
"""
