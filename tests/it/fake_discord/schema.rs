//! Discord's own description of its API, and every request body held against it.
//!
//! The file is `discord/openapi.json` under `$LUMBAR_SHARED`, or under `../shared` beside the project. Without it the
//! check is skipped, and says so once.

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

/// Properties that the written documentation has and the description lacks. Serenity always sends the first.
const DOCUMENTED_ELSEWHERE: [&str; 1] = ["nsfw"];

/// What is wrong with the body by Discord's description; `None` where there is no description to ask.
pub fn check(method: &str, route: &str, body: &Value) -> Option<Vec<String>> {
    let description = description()?;
    let operation = &description["paths"][route][method.to_lowercase()];
    let schema = narrowed(&operation["requestBody"]["content"]["application/json"]["schema"], body, description);
    if schema.is_null() {
        return Some(vec!["Discord's description knows no body for this request".to_owned()]);
    }
    let validator = validator(&schema, description);
    let found = validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path()));
    let mut problems: Vec<String> = found.map(|it| it.chars().take(400).collect()).collect();
    problems.extend(unknown_properties(&[&schema], body, "", description));
    Some(problems)
}

/// What is wrong with what the fake answers, by the same description.
pub fn check_answer(method: &str, route: &str, answer: &Value) -> Option<Vec<String>> {
    let description = description()?;
    let operation = &description["paths"][route][method.to_lowercase()];
    let validator = validator(&operation["responses"]["200"]["content"]["application/json"]["schema"], description);
    let found = validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path()));
    Some(found.map(|it| it.chars().take(400).collect()).collect())
}

/// Is there a description to ask?
pub fn is_there() -> bool {
    description().is_some()
}

fn description() -> Option<&'static Value> {
    static DESCRIPTION: OnceLock<Option<Value>> = OnceLock::new();
    DESCRIPTION.get_or_init(read_description).as_ref()
}

fn read_description() -> Option<Value> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("LUMBAR_SHARED").map_or_else(beside, PathBuf::from);
    let path = shared.join("discord/openapi.json");
    match std::fs::read(&path) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).expect("openapi.json to be JSON")),
        Err(error) => {
            // Past the test runner's capture: whoever runs the tests should know.
            let _ = writeln!(
                std::io::stderr(),
                "request bodies are NOT held against Discord's description: {}: {error}",
                path.display()
            );
            None
        }
    }
}

/// Of several alternatives told apart by `type`, the one that the body says it is: errors then name the real problem.
fn narrowed(schema: &Value, body: &Value, description: &Value) -> Value {
    let Some(alternatives) = schema["anyOf"].as_array() else { return schema.clone() };
    let is_meant = |it: &&Value| {
        let types = resolve(it, description)["properties"]["type"]["enum"].as_array();
        types.is_some_and(|types| types.contains(&body["type"]))
    };
    alternatives.iter().find(is_meant).unwrap_or(schema).clone()
}

fn resolve<'a>(schema: &'a Value, description: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => description.pointer(reference.trim_start_matches('#')).unwrap_or(schema),
        None => schema,
    }
}

/// Compiled once for each schema in this process.
fn validator(schema: &Value, description: &Value) -> Arc<Validator> {
    static COMPILED: Mutex<Option<HashMap<String, Arc<Validator>>>> = Mutex::new(None);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let known = compiled.get_or_insert_with(HashMap::new);
    Arc::clone(known.entry(schema.to_string()).or_insert_with(|| Arc::new(compile(schema, description))))
}

fn compile(schema: &Value, description: &Value) -> Validator {
    // References start at the root of the description, so its components come along.
    let mut whole = schema.clone();
    whole["components"] = json!({ "schemas": needed(schema, description) });
    name_real_problems(&mut whole);
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(&whole)
        .expect("Discord's description to be valid JSON Schema")
}

/// "Nothing, or this" is written as a choice of two, and then an error inside says only that neither fits. Written as a
/// condition the error is the real one.
fn name_real_problems(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(name_real_problems),
        Value::Object(fields) => {
            let nothing = json!({ "type": "null" });
            let or_nothing = fields.get("oneOf").and_then(Value::as_array).filter(|it| it.len() == 2);
            if let Some(real) = or_nothing.filter(|it| it[0] == nothing).map(|it| it[1].clone()) {
                fields.remove("oneOf");
                fields.insert("if".to_owned(), nothing);
                fields.insert("else".to_owned(), real);
            }
            fields.values_mut().for_each(name_real_problems);
        }
        _ => {}
    }
}

/// The component schemas that this one refers to, directly or not.
fn needed(schema: &Value, description: &Value) -> Value {
    let all = &description["components"]["schemas"];
    let mut found = serde_json::Map::new();
    let mut open = references(schema);
    while let Some(name) = open.pop_first() {
        if !found.contains_key(&name) {
            open.extend(references(&all[&name]));
            found.insert(name.clone(), all[&name].clone());
        }
    }
    Value::Object(found)
}

fn references(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(fields) => {
            let own =
                fields.get("$ref").and_then(Value::as_str).and_then(|it| it.rsplit('/').next()).map(str::to_owned);
            fields.values().flat_map(references).chain(own).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// Discord ignores properties that it does not know, and so does its description; here they are mistakes, at any depth.
fn unknown_properties(schemas: &[&Value], body: &Value, path: &str, description: &Value) -> Vec<String> {
    let schemas: Vec<&Value> = schemas.iter().flat_map(|it| alternatives(it, description)).collect();
    match body {
        Value::Array(items) => {
            let inner: Vec<&Value> = schemas.iter().filter_map(|it| it.get("items")).collect();
            items.iter().flat_map(|item| unknown_properties(&inner, item, path, description)).collect()
        }
        Value::Object(fields) => {
            let known: Vec<_> = schemas.iter().filter_map(|it| it["properties"].as_object()).collect();
            let inside = fields.iter().filter(|_| !known.is_empty()).flat_map(|(key, value)| {
                let inner: Vec<&Value> = known.iter().filter_map(|it| it.get(key)).collect();
                match inner.is_empty() {
                    true if DOCUMENTED_ELSEWHERE.contains(&key.as_str()) => Vec::new(),
                    true => vec![format!("unknown property {path}/{key}")],
                    false => unknown_properties(&inner, value, &format!("{path}/{key}"), description),
                }
            });
            inside.collect()
        }
        _ => Vec::new(),
    }
}

/// The schema itself and all that it combines, references followed.
fn alternatives<'a>(schema: &'a Value, description: &'a Value) -> Vec<&'a Value> {
    let schema = resolve(schema, description);
    let combined = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|it| schema[it].as_array()).flatten();
    let mut all: Vec<&Value> = combined.flat_map(|it| alternatives(it, description)).collect();
    all.push(schema);
    all
}
