//! The calls of a file, with what is given to them as far as the source itself tells it.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Expr, Lit, Pat,
    parse::Parser,
    punctuated::Punctuated,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::source::Source;

/// A call, or the making of a struct.
#[derive(Debug)]
pub struct Call {
    pub line: usize,
    /// `words::say`, `.require`, `Remedy{key}`.
    pub name: String,
    /// The arguments in order; a method's own `self` is none.
    pub given: Vec<Given>,
    /// The functions and closures around it, the innermost last.
    around: Vec<(Scope, Vec<String>)>,
}

/// What is given: texts it may be, and the name it goes by.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub texts: Vec<String>,
    pub name: Option<String>,
}

/// What has parameters.
#[derive(Debug, Clone)]
pub enum Scope {
    Function(String),
    Closure(String),
}

impl Call {
    /// Whether it calls this: a path by its end, so that `say` is also `words::say`.
    pub fn is_to(&self, name: &str) -> bool {
        self.name == name || self.name.ends_with(&format!("::{name}"))
    }

    /// Whose parameter a name is, and which.
    pub fn parameter(&self, name: &str) -> Option<(&Scope, usize)> {
        self.around.iter().rev().find_map(|(scope, names)| {
            names.iter().position(|known| known == name).map(|position| (scope, position))
        })
    }
}

/// Every call outside tests.
pub fn calls(source: &Source) -> Vec<Call> {
    let mut reader = Reader::default();
    if !source.module().contains(&"tests") {
        reader.visit_file(&source.tree);
    }
    reader.found
}

#[derive(Default)]
struct Reader {
    found: Vec<Call>,
    around: Vec<(Scope, Vec<String>)>,
    lets: Vec<(String, Given)>,
}

impl Reader {
    fn note(&mut self, line: usize, name: String, given: Vec<Given>) {
        self.found.push(Call { line, name, given, around: self.around.clone() });
    }

    /// What an expression may be, as far as it is written here; of a tuple, its part at a place.
    fn read(&self, expression: &Expr, at: Option<usize>) -> Given {
        match expression {
            Expr::Lit(literal) => Given { texts: text(&literal.lit).into_iter().collect(), name: None },
            Expr::Reference(inner) => self.read(&inner.expr, at),
            Expr::Paren(inner) => self.read(&inner.expr, at),
            Expr::Macro(item) if item.mac.path.is_ident("format") => {
                Given { texts: pattern(item.mac.tokens.clone()).into_iter().collect(), name: None }
            }
            Expr::If(choice) => {
                let other = choice.else_branch.as_ref().map(|(_, other)| self.read(other, at));
                self.last(&choice.then_branch, at).or(other.unwrap_or_default())
            }
            Expr::Block(block) => self.last(&block.block, at),
            Expr::Match(choice) => {
                choice.arms.iter().fold(Given::default(), |all, arm| all.or(self.read(&arm.body, at)))
            }
            Expr::Tuple(tuple) => {
                at.and_then(|at| tuple.elems.get(at)).map(|part| self.read(part, None)).unwrap_or_default()
            }
            Expr::Path(path) => {
                path.path.get_ident().map(|name| self.named(&name.to_string())).unwrap_or_default()
            }
            _ => Given::default(),
        }
    }

    fn named(&self, name: &str) -> Given {
        let known = self.lets.iter().rev().find(|(known, _)| known == name).map(|(_, given)| given.clone());
        known.unwrap_or(Given { texts: Vec::new(), name: Some(name.to_owned()) })
    }

    fn last(&self, block: &syn::Block, at: Option<usize>) -> Given {
        match block.stmts.last() {
            Some(syn::Stmt::Expr(expression, None)) => self.read(expression, at),
            _ => Given::default(),
        }
    }

    fn inside(&mut self, scope: Scope, names: Vec<String>, walk: impl FnOnce(&mut Self)) {
        let lets = self.lets.len();
        self.around.push((scope, names));
        walk(self);
        self.around.pop();
        self.lets.truncate(lets);
    }

    fn function(&mut self, signature: &syn::Signature, walk: impl FnOnce(&mut Self)) {
        let typed = signature.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(typed) => Some(name_of(&typed.pat)),
            syn::FnArg::Receiver(_) => None,
        });
        let method = if signature.receiver().is_some() { "." } else { "" };
        self.inside(Scope::Function(format!("{method}{}", signature.ident)), typed.collect(), walk);
    }
}

impl Given {
    fn or(mut self, other: Self) -> Self {
        self.texts.extend(other.texts);
        Self { texts: self.texts, name: self.name.or(other.name) }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, |reader| visit::visit_item_fn(reader, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, |reader| visit::visit_impl_item_fn(reader, item));
    }

    fn visit_local(&mut self, item: &'ast syn::Local) {
        let Some(init) = &item.init else { return };
        let name = name_of(&item.pat);
        if let Expr::Closure(closure) = &*init.expr {
            let names = closure.inputs.iter().map(name_of).collect();
            return self.inside(Scope::Closure(name), names, |reader| reader.visit_expr(&closure.body));
        }
        visit::visit_local(self, item);
        let names = match &item.pat {
            Pat::Tuple(tuple) => {
                tuple.elems.iter().map(name_of).enumerate().map(|(at, name)| (name, Some(at))).collect()
            }
            _ => vec![(name, None)],
        };
        for (name, at) in names {
            let given = self.read(&init.expr, at);
            if !name.is_empty() && !given.texts.is_empty() {
                self.lets.push((name, given));
            }
        }
    }

    fn visit_expr_call(&mut self, item: &'ast syn::ExprCall) {
        if let Expr::Path(path) = &*item.func {
            let words: Vec<String> = path.path.segments.iter().map(|part| part.ident.to_string()).collect();
            let given = item.args.iter().map(|argument| self.read(argument, None)).collect();
            self.note(item.span().start().line, words.join("::"), given);
        }
        visit::visit_expr_call(self, item);
    }

    fn visit_expr_method_call(&mut self, item: &'ast syn::ExprMethodCall) {
        let given = item.args.iter().map(|argument| self.read(argument, None)).collect();
        self.note(item.method.span().start().line, format!(".{}", item.method), given);
        visit::visit_expr_method_call(self, item);
    }

    fn visit_expr_struct(&mut self, item: &'ast syn::ExprStruct) {
        let name = item.path.segments.last().map(|part| part.ident.to_string()).unwrap_or_default();
        for field in &item.fields {
            if let syn::Member::Named(member) = &field.member {
                let given = vec![self.read(&field.expr, None)];
                self.note(member.span().start().line, format!("{name}{{{member}}}"), given);
            }
        }
        visit::visit_expr_struct(self, item);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        // `vec![…]`, `assert!(…)`: expressions with commas. What is none is left alone.
        let parser = Punctuated::<Expr, syn::Token![,]>::parse_terminated;
        if let Ok(expressions) = parser.parse2(item.tokens.clone()) {
            // The visitor lives longer than what was parsed here.
            let mut inner = Self { around: self.around.clone(), lets: self.lets.clone(), found: Vec::new() };
            expressions.iter().for_each(|expression| inner.visit_expr(expression));
            self.found.append(&mut inner.found);
        }
    }
}

fn name_of(pattern: &Pat) -> String {
    match pattern {
        Pat::Ident(name) => name.ident.to_string(),
        Pat::Type(typed) => name_of(&typed.pat),
        _ => String::new(),
    }
}

fn text(literal: &Lit) -> Option<String> {
    if let Lit::Str(text) = literal { Some(text.value()) } else { None }
}

/// The first text of `format!`, a `*` for each gap.
fn pattern(tokens: TokenStream) -> Option<String> {
    let TokenTree::Literal(first) = tokens.into_iter().next()? else { return None };
    let whole = syn::parse_str::<syn::LitStr>(&first.to_string()).ok()?.value();
    let (mut pattern, mut depth) = (String::new(), 0);
    for letter in whole.chars() {
        match letter {
            '{' => {
                depth += 1;
                pattern.push('*');
            }
            '}' => depth -= 1,
            _ if depth == 0 => pattern.push(letter),
            _ => {}
        }
    }
    Some(pattern)
}
