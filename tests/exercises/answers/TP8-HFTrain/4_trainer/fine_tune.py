# exercise: fine_tune

# %% right: collator
# style: the collator given, evaluation in large batches
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed, per_device_eval_batch_size=128, weight_decay=0.0)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)], data_collator=DataCollatorWithPadding(tokenizer))
    trainer.train()
    return trainer

# %% right: best_strategy
# style: saves when the accuracy is best
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="best", load_best_model_at_end=True, metric_for_best_model="eval_accuracy", save_only_model=True, report_to="none", seed=seed, greater_is_better=True)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% right: added_callback
# style: callback added later, one checkpoint
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to=[], seed=seed, save_total_limit=1)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics)
    trainer.add_callback(EarlyStoppingCallback(patience))
    trainer.train()
    return trainer

# %% wrong: old_name
# mistake: an argument of version 4
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed, evaluation_strategy="epoch")
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: old_tokenizer
# mistake: an argument of version 4
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)], tokenizer=tokenizer)
    trainer.train()
    return trainer

# %% wrong: collator_only
# mistake: the tokenizer is not saved
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)], data_collator=DataCollatorWithPadding(tokenizer))
    trainer.train()
    return trainer

# %% wrong: loss
# mistake: best by the loss
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: f1
# mistake: best by F1
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="f1", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: no_best
# mistake: last model kept, no early stopping
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[])
    trainer.train()
    return trainer

# %% wrong: no_train
# mistake: never trained
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    return trainer

# %% wrong: returns_model
# mistake: the model is returned
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer.model

# %% right: accumulates
# style: two batches of 8 make one of 16
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=8, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed, gradient_accumulation_steps=2)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: eval_batch
# mistake: the batch size of the evaluation is set instead
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed, per_device_eval_batch_size=16)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: patience_plus_one
# mistake: off by one
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience + 1)])
    trainer.train()
    return trainer

# %% wrong: no_metrics
# mistake: no metrics
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: called_metrics
# mistake: the function is called instead of handed over
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics(validation), callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: fixed_seed
# mistake: a seed of its own
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=0)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: wandb
# mistake: reports to a service
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="tensorboard", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: folder
# mistake: a folder of its own
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir="out", num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer

# %% wrong: train_eval
# mistake: measured on the training set
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=epochs, learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=train, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)])
    trainer.train()
    return trainer
