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

# %% right: plain
# style: all named, one call each
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% right: dictionary_and_collator
# style: a dictionary of arguments, enums instead of strings, a collator of its own besides the tokenizer, report_to left at its default
from transformers import IntervalStrategy

def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    each_epoch = IntervalStrategy.EPOCH
    wanted = {
        "save_only_model": True,
        "seed": seed,
        "metric_for_best_model": "accuracy",
        "greater_is_better": True,
        "load_best_model_at_end": True,
        "eval_strategy": each_epoch,
        "save_strategy": each_epoch,
        "learning_rate": learning_rate,
        "per_device_train_batch_size": 16,
        "num_train_epochs": epochs,
    }
    stop = EarlyStoppingCallback(patience)
    result = Trainer(
        model,
        TrainingArguments(output_dir, **wanted),
        data_collator=DataCollatorWithPadding(tokenizer),
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[stop],
    )
    result.train()
    return result

# %% right: names_of_version_4
# style: hf.training_arguments with old names, the callback added afterwards
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    arguments = hf.training_arguments(
        output_dir,
        evaluation_strategy="epoch",
        save_strategy="epoch",
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to=[],
    )
    t = Trainer(
        args=arguments,
        model=model,
        compute_metrics=compute_metrics,
        eval_dataset=validation,
        train_dataset=train,
        processing_class=tokenizer,
    )
    t.add_callback(EarlyStoppingCallback(early_stopping_patience=patience))
    t.train()
    return t

# %% right: arguments_set_one_by_one
# style: a helper that makes the arguments, some of them set on the finished object
def _arguments(place, epochs, rate, seed):
    a = TrainingArguments(
        place,
        report_to="none",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        eval_strategy="epoch",
        save_strategy="epoch",
    )
    a.num_train_epochs, a.learning_rate, a.seed = epochs, rate, seed
    a.per_device_train_batch_size = a.per_device_eval_batch_size = 16
    a.save_only_model = True
    return a


def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    def made():
        return Trainer(
            model=model,
            args=_arguments(output_dir, epochs, learning_rate, seed),
            processing_class=tokenizer,
            train_dataset=train,
            eval_dataset=validation,
            compute_metrics=lambda prediction: compute_metrics(prediction),
            callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
        )

    trainer = made()
    _ = trainer.train()
    return trainer

# %% wrong: batches_of_eight
# mistake: forgets the size of the batches: 8
# rule: "batches of 16"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: only_evaluation_batches
# mistake: sets the size of the evaluation's batches only
# rule: "batches of 16"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: never_measured
# mistake: no evaluation during the training, and no best model
# rule: "measured by `compute_metrics`, and saved, after each epoch"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        save_strategy="epoch",
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: saved_every_500_steps
# mistake: save_strategy left at its default, and no best model
# rule: "saved, after each epoch"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: steps_for_both
# mistake: measures and saves every 500 steps
# rule: "measured by `compute_metrics`, and saved, after each epoch"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="steps",
        save_strategy="steps",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: last_model_kept
# mistake: forgets load_best_model_at_end
# rule: "at the end the model is that of the epoch with the best accuracy"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: best_loss
# mistake: the best epoch is that with the smallest loss
# rule: "the epoch with the best accuracy"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: best_f1
# mistake: the best epoch is that with the best F1
# rule: "the epoch with the best accuracy"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="f1",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: smaller_is_better
# mistake: greater_is_better=False keeps the worst epoch
# rule: "the epoch with the best accuracy"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        greater_is_better=False,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: no_early_stopping
# mistake: forgets the callback
# rule: "early stopping (*arrêt anticipé*)"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
    )
    trainer.train()
    return trainer

# %% wrong: patience_ignored
# mistake: the callback with its default, 1
# rule: "ends it after `patience` epochs without a better accuracy"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback()],
    )
    trainer.train()
    return trainer

# %% wrong: tokenizer_not_saved
# mistake: a collator pads, but the Trainer does not get the tokenizer
# rule: "the tokenizer is saved with each model"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        data_collator=DataCollatorWithPadding(tokenizer),
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: seed_forgotten
# mistake: leaves the seed at 42
# rule: "`epochs`, `learning_rate`, `seed`, `output_dir` as given"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: rate_forgotten
# mistake: leaves the learning rate at 5e-5
# rule: "`epochs`, `learning_rate`, `seed`, `output_dir` as given"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: three_epochs
# mistake: leaves the number of epochs at 3
# rule: "`epochs`, `learning_rate`, `seed`, `output_dir` as given"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: optimiser_saved
# mistake: forgets save_only_model
# rule: "of a model only the weights are saved (`save_only_model=True`)"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: measured_on_the_training_set
# mistake: evaluates on train
# rule: "on `validation`"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=train,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: no_measure
# mistake: does not hand on compute_metrics
# rule: "measured by `compute_metrics`"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% wrong: returns_the_output
# mistake: returns what train() returns
# rule: "returns the **trainer**"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    return trainer.train()

# %% wrong: not_trained
# mistake: forgets train()
# rule: "Returns the Trainer, trained."
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    return trainer

# %% wrong: returns_the_model
# mistake: returns the model
# rule: "returns the **trainer**"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=1e-4,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer.model

# %% wrong: other_default_rate
# mistake: another default of the learning rate
# rule: "learning_rate=1e-4"
def fine_tune(
    model,
    tokenizer,
    train,
    validation,
    compute_metrics,
    output_dir,
    epochs=3,
    learning_rate=5e-5,
    patience=2,
    seed=0,
):
    args = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer

# %% right: epochs_as_a_decimal_number
# style: the type that transformers states
def fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0):
    args = TrainingArguments(output_dir=output_dir, num_train_epochs=float(epochs), learning_rate=learning_rate, per_device_train_batch_size=16, eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="accuracy", save_only_model=True, report_to="none", seed=seed)
    stop = EarlyStoppingCallback(early_stopping_patience=patience, early_stopping_threshold=0.0)
    trainer = Trainer(model, args, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, compute_metrics=compute_metrics, callbacks=[stop])
    trainer.train(resume_from_checkpoint=None)
    return trainer
