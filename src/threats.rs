//! The threat model: who may want what, where the answer stands, and the tests that show it.
//!
//! No code: a map, as the crate's own. A test holds that every module and every test named here is there. Left aside:
//! who is root on the machine while the server runs (memory holds what is served), and the browser of somebody who
//! is signed in.
//!
//! # Strangers at the port
//!
//! - **Guessing passwords.** argon2id on a pool of its own; accounts lock; guesses of one request count one by one; no
//!   answer, and no time it takes, tells whether there is an account. In [`crate::passwords`], [`crate::directory`].
//!   Shown by `sta_06_guesses_that_nobody_waits_for_lock_before_the_right_one`,
//!   `aut_14_no_answer_tells_whether_there_is_an_account`, `aut_14_no_refusal_waits_for_the_disk`,
//!   `guesses_under_many_names_in_one_request_are_counted_one_by_one`.
//! - **Learning who has an account from figures.** A position that moves tells that a guess met somebody: metrics are for
//!   the machine itself, or for a token. In [`crate::metrics`]. Shown by
//!   `without_a_token_figures_are_for_requests_of_this_machine`, `where_the_operator_set_a_token_figures_need_it`,
//!   `no_label_holds_a_word_from_outside`.
//! - **Guessing tokens.** 256 random bits; kept and looked up by their SHA-256, so that the time of a comparison tells
//!   nothing of the token; those of operators likewise. In [`crate::identity`], [`crate::directory`]. Shown by
//!   `a_known_bearer_reaches_the_resolvers_and_an_unknown_one_is_401`, `signing_out_ends_the_session_and_not_only_the_cookie`.
//! - **Documents made to hurt** (fragments that double or go in circles, depth, aliases, tokens, brackets, batches, huge
//!   variables, deep JSON): refused before anything walks them. In [`crate::http`]. Shown by
//!   `fragments_that_double_are_refused_without_being_written_out`, `fragment_cycles_are_named_not_followed`,
//!   `every_limit_refuses_with_its_code`, `deeply_nested_json_is_refused`, `a_body_over_the_limit_is_413`,
//!   `introspection_that_goes_in_circles_is_refused`, `no_document_and_no_variable_is_too_much_for_the_server`,
//!   `arbitrary_documents_get_coded_answers`.
//! - **Learning the schema, to look for doors.** Described to those who are signed in; no name is put right; faults are
//!   neutral; where the operator names the documents that are run, nothing else is. In [`crate::http`]. Shown by
//!   `the_schema_is_described_to_whoever_is_signed_in_and_to_no_stranger`, `a_name_that_is_nearly_right_is_not_put_right`,
//!   `an_error_without_a_code_becomes_a_neutral_one`, `where_documents_are_named_no_other_is_run`.
//! - **Planting a document under another's hash.** The hash is made again from the text; what may be personal is not kept.
//!   In [`crate::http`]. Shown by `a_hash_of_another_document_is_refused_and_nothing_is_kept_under_it`,
//!   `a_document_that_is_invalid_or_may_be_personal_is_not_kept`, `the_documents_kept_by_hash_are_bounded`.
//! - **Holding what others need** (slow heads and bodies, readers that do not read, too many connections, a full
//!   queue): every wait and every number is bounded. In [`crate::http`], [`crate::writer`]. Shown by
//!   `an_address_that_asks_too_much_is_told_when_to_come_again`,
//!   `however_many_sign_in_at_once_no_read_and_no_command_waits_for_them`,
//!   `a_client_that_dawdles_over_its_head_or_says_nothing_is_left`, `a_client_that_dawdles_over_its_body_gets_408`,
//!   `a_client_that_does_not_read_is_left_and_nothing_piles_up_for_it`, `connections_beyond_the_bound_wait_for_a_place`,
//!   `a_full_queue_answers_busy_at_once_and_loses_nothing_it_accepted`.
//! - **Bytes that break a reader** (pictures, imports, cursors, forms). Read within bounds, made anew, never trusted. In
//!   [`crate::avatars`], [`crate::cli`]. Shown by `pro_12_everything_else_is_refused_with_the_list_of_what_is_taken`,
//!   `pro_12_a_picture_of_too_many_pixels_is_refused_and_a_large_one_made_smaller`, `arbitrary_bytes_never_panic_and_lines_only_rise`.
//!
//! # Other sites, in the browser of somebody who is signed in
//!
//! - **Forged requests.** Only the console knows a cookie, and every change there is a form with the token of the session
//!   which no other site sent; every other door asks for a bearer. In [`crate::console`], [`crate::http`]. Shown by
//!   `a_form_without_the_token_of_the_session_changes_nothing`, `a_form_that_another_site_sent_changes_nothing_though_it_has_the_token`,
//!   `the_cookie_of_the_console_opens_no_other_door`, `a_mutation_by_get_is_405_and_changes_nothing`.
//! - **A session that was fixed or stolen.** A sign-in gives another session and ends the one before; the cookie is out of
//!   reach of scripts, and bound to TLS and host where there is TLS. In [`crate::console`]. Shown by
//!   `signing_in_gives_another_session_and_ends_the_one_before`,
//!   `the_session_cookie_is_out_of_reach_of_scripts_and_bound_to_tls_where_there_is_tls`.
//! - **Being sent elsewhere.** A sign-in goes on to paths of ours only; nothing is made of `Host`. In [`crate::console`].
//!   Shown by `a_sign_in_goes_on_to_no_other_site`, `what_a_request_says_of_itself_stands_in_no_header_and_no_page`,
//!   `whoever_signs_in_comes_to_the_page_they_asked_for_and_to_no_other_site`.
//! - **Script in a name.** Written as text, under a policy without inline script; files are downloads that nobody sniffs, and
//!   no cell of a table is a formula. In [`crate::console`], [`crate::export`]. Shown by
//!   `a_name_that_looks_like_markup_is_a_name`, `every_page_forbids_inline_script_and_style_and_foreign_frames`,
//!   `a_display_name_with_markup_is_a_name_on_the_page`, `csv_is_a_table_in_which_nothing_is_a_formula`.
//!
//! # People who are signed in
//!
//! - **Doing what one may not.** One table of rights, looked at by the façade and again by the writer; refused attempts are
//!   recorded. In [`crate::access`], [`crate::writer`]. Shown by `the_matrix_of_rights_is_the_one_that_was_reviewed`,
//!   `acc_17_sta_14_the_answers_to_everybody_are_those_that_were_reviewed`,
//!   `acc_16_creating_without_the_right_is_forbidden_and_recorded`, `a_user_manager_cannot_reach_an_administrator`.
//! - **Seeing what one may not.** It does not exist: in lists, counts, history, exports and by id. In [`crate::access`].
//!   Shown by `what_one_may_not_see_does_not_exist`, `rol_13_an_export_ends_at_ones_reach`.
//! - **Keeping a right that was taken.** Rights of the moment are asked for each operation, and while a stream is open. In
//!   [`crate::directory`]. Shown by `taking_a_profile_away_acts_at_once_in_a_running_session`,
//!   `sta_02_disabling_ends_running_sessions`, `a_bearer_that_is_revoked_closes_with_4403_while_a_subscription_runs`.
//! - **Forgetting the wrong person, or alone.** Three keys, a preview, a second person, legal holds. In [`crate::directory`].
//!   Shown by `msk_03_keys_of_two_people_are_refused_and_recorded`,
//!   `msk_04_ones_own_request_is_not_approved_by_oneself_and_the_attempt_is_recorded`,
//!   `a_held_person_is_not_forgotten_and_each_attempt_is_recorded`.
//! - **Making the server call what it should not** (rules that call other programs). Origins of the operator's only; no
//!   redirection is followed. In [`crate::rule_calls`]. Shown by
//!   `brl_03_where_the_configuration_does_not_allow_nothing_is_called`,
//!   `brl_03_over_tls_only_a_certificate_that_is_trusted_is_told_anything`, `brl_03_an_answer_without_end_is_not_read`.
//!
//! # Whoever holds disks, backups, logs or the wire
//!
//! - **Reading people off a disk or a backup.** Every personal value is sealed from its first event; keys lie apart, wrapped
//!   by a master key that may lie elsewhere. In [`crate::sealing`], [`rollbook_keyring`]. Shown by
//!   `no_file_ever_holds_a_key_in_clear`, `a_backup_holds_nothing_that_can_be_read`,
//!   `nothing_personal_stands_in_a_snapshot_in_clear`,
//!   `a_copy_holds_no_key_that_signs_and_not_the_master_key`.
//! - **Bringing back who was forgotten.** Their key is destroyed, and destroyed again at every start, whatever was put back.
//!   In [`crate::directory`], [`crate::backup`]. Shown by `a_keyring_from_before_the_masking_brings_nobody_back`,
//!   `an_old_keyring_with_its_snapshot_brings_nobody_back`,
//!   `a_restored_directory_holds_what_was_backed_up_and_brings_back_nobody`,
//!   `msk_13_msk_14_whoever_was_forgotten_is_nowhere_and_of_everybody_else_nothing_changed`.
//! - **Rewriting history.** Records are chained, and under signed checkpoints that others keep and cosign. In
//!   [`crate::evidence`]. Shown by `a_record_that_was_changed_dropped_swapped_or_back_dated_is_found_at_its_place`,
//!   `a_log_that_contradicts_what_was_signed_stops_the_directory`, `a_checkpoint_of_a_stranger_proves_nothing`.
//! - **Moving a sealed value into another event.** It bears the header of its own. In [`rollbook_keyring`]. Shown by
//!   `other_sealed_bytes_break_the_chain_at_the_next_record`.
//! - **Reading people out of logs, metrics and traces.** None of them takes a value from outside. In [`crate::telemetry`],
//!   [`crate::metrics`], [`crate::traces`]. Shown by `msk_17_no_value_of_a_person_stands_in_the_programs_own_log`,
//!   `no_label_holds_a_word_from_outside`, `a_request_is_followed_to_the_disk_and_into_the_views`.
//! - **Reading mail and passwords on their way.** STARTTLS is required to any other machine, and a login never goes in
//!   clear. In [`crate::mail`]. Shown by `not_07_where_tls_is_required_and_not_offered_nothing_goes`,
//!   `a_password_that_could_travel_in_clear_is_refused_at_the_start`.
//!
//! # Secrets in memory
//!
//! Keys, the master key, passwords once they are values, tokens and what the operator set as a secret are overwritten
//! when they are dropped (`zeroize`), have no `Debug` and no `Display`, and no flag. Copies that a reader of requests made
//! on the way to them (JSON, forms) are freed and not overwritten: against whoever reads freed memory stand the unit's
//! `LimitCORE=0` and `MemorySwapMax=0` in `deploy/`. Secrets are compared by digest or over their whole length. Shown by
//! `a_login_is_never_printed`, `a_fingerprint_names_the_key_its_sealed_values_bear`.
//!
//! # Whoever writes the code that we build on
//!
//! Few crates, their licences and second versions listed and held by tests; `unsafe` forbidden in ours; one lock file. Shown
//! by `every_dependency_has_a_licence_that_we_may_ship`, `no_banned_crate_comes_in`,
//! `a_crate_comes_in_two_versions_only_where_it_is_known`, `only_the_log_names_sled_and_only_the_keyring_names_a_cipher`.
