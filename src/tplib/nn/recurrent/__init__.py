"""Recurrent networks: RNN, LSTM, GRU, and sequence to sequence."""
