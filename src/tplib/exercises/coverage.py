"""Which exercise covers which concept of the lectures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    number: int
    title: str
    exercises: tuple[str, ...]


def _concept(number: int, title: str, exercises: str) -> Concept:
    return Concept(number, title, tuple(exercises.split()))


CONCEPTS = (
    _concept(1, "data sets: load, map, filter, split", "class_balance clean_text drop_duplicates split_dataset"),
    _concept(2, "words as integers, batches", "tokenize build_vocabulary encode decode one_hot collate minibatches"),
    _concept(3, "n-grams", "ngrams hashed_bag"),
    _concept(4, "input normalisation", "standardize"),
    _concept(5, "word vectors, sentence vector", "sentence_vector"),
    _concept(6, "feed-forward computation", "neuron dense mlp_forward"),
    _concept(
        7,
        "activations and derivatives",
        "sigmoid sigmoid_grad tanh_grad hardtanh relu relu_grad leaky_relu elu elu_grad maxout",
    ),
    _concept(8, "linear maps compose to a linear map", "collapse_linear"),
    _concept(9, "universal approximation", "step_network"),
    _concept(10, "softmax", "softmax log_softmax softmax_jacobian"),
    _concept(11, "losses", "bce bce_with_logits nll_loss cross_entropy cross_entropy_grad mse_loss hinge_loss"),
    _concept(12, "random search", "random_search"),
    _concept(13, "two-layer network from scratch", "train_two_layer"),
    _concept(14, "function node", "Multiply Add Square"),
    _concept(15, "computation graph", "topological_order backward"),
    _concept(16, "layer-wise backpropagation", "mlp_forward mlp_backward"),
    _concept(17, "gradient check", "numerical_gradient relative_error"),
    _concept(18, "batch, stochastic, mini-batch descent", "gradient_descent sgd_epoch"),
    _concept(19, "learning rate", "step_decay diagnose_curve"),
    _concept(20, "optimisers", "momentum_step adagrad_step rmsprop_step adam_step"),
    _concept(21, "initialisation", "glorot_uniform activation_std"),
    _concept(22, "vanishing and exploding gradients", "layer_gradient_norms"),
    _concept(23, "penalties and weight decay", "l1_penalty l2_penalty elastic_net weight_decay_step"),
    _concept(24, "dropout", "dropout_forward dropout_backward"),
    _concept(25, "early stopping", "EarlyStopping"),
    _concept(26, "batch normalisation, gradient clipping", "batch_norm_forward clip_by_norm clip_by_value"),
    _concept(27, "regression break", "gaussian_log_likelihood estimate_beta map_loss"),
    _concept(28, "model selection", "sweep"),
    _concept(29, "the same network in PyTorch and with a Trainer", "MLP train_epoch evaluate fine_tune"),
    _concept(30, "convolution, parameters shared", "conv2d_single conv2d conv2d_backward count_parameters"),
    _concept(31, "padding, stride, receptive field", "output_size receptive_field"),
    _concept(32, "pooling", "max_pool2d max_pool2d_backward avg_pool2d lp_pool2d weighted_pool2d"),
    _concept(33, "a small CNN", "TextCNN"),
    _concept(34, "recurrent layers", "rnn_cell rnn_forward"),
    _concept(35, "back-propagation through time", "rnn_backward gradient_reach"),
    _concept(36, "LSTM", "lstm_cell lstm_cell_backward"),
    _concept(37, "GRU", "gru_cell"),
    _concept(38, "deep recurrent networks", "stack_layers"),
    _concept(39, "text classification with an LSTM", "pack_batch LSTMClassifier fit"),
    _concept(40, "recurrent language model", "RNNLanguageModel perplexity sample_text"),
    _concept(41, "averaged embeddings of n-grams", "BagOfNgrams"),
    _concept(
        42,
        "CBoW and skip-gram with negative sampling",
        "skipgram_pairs negative_distribution sgns_loss sgns_grad cbow_pairs",
    ),
    _concept(43, "encoder-decoder", "Seq2Seq"),
    _concept(
        44,
        "attention and the Transformer block",
        "scaled_dot_product_attention causal_mask multi_head_attention positional_encoding",
    ),
    _concept(
        45,
        "autoencoders: deep, tied, sparse, denoising, variational",
        "Autoencoder tied_decode add_noise sparsity_penalty reparameterize vae_loss",
    ),
    _concept(46, "unsupervised pretraining", "pretrain_then_classify"),
    _concept(47, "pretrained networks: freeze, unfreeze the top", "freeze_encoder unfreeze_top"),
    _concept(48, "fine-tuning with a Trainer", "tokenize_batch compute_metrics fine_tune"),
    _concept(49, "GPU", "pick_device to_device timed mixed_precision_step"),
    _concept(
        50,
        "bias in word vectors: association tests, a direction, what removing it leaves",
        "cosine_similarity association weat_effect_size weat_p_value bias_direction neutralize equalize",
    ),
    _concept(
        51,
        "bias in sentence encoders and language models; gaps between groups, downstream",
        "seat_effect_size sentence_log_likelihood group_rates equalized_odds_gap counterfactual_swap mitigate",
    ),
    _concept(52, "bias as measurement: two ways to count", "stereotype_score pairwise_preference"),
)
