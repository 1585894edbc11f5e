/**
 * What the Connect page says, in both of its languages.
 *
 * @module
 */

export type Language = "en" | "fr";

const english = {
  notice: "This page stands in for Flinks Connect. Use no real credentials.",
  users: "Users of the test institution",
  usersPassword: "All have the password Everyday.",
  loginTitle: "Sign in to FlinksCapital",
  username: "Username",
  password: "Password",
  signIn: "Sign in",
  questionsTitle: "Answer the security questions",
  chosenQuestion: "Question",
  chosenNumber: "Phone number",
  yourAnswer: "Your answer",
  how: "How should the code reach you?",
  text: "Text message",
  call: "Phone call",
  image: "Image",
  continue: "Continue",
  accountsTitle: "Choose an account",
  account: "Account",
  doneTitle: "You are connected",
  doneText: "You are being taken back.",
  closeText: "You can close this page.",
  problemTitle: "There is a problem",
  needed: "required",
  credentials: "The username or the password is wrong.",
  disabled: "FlinksCapital has disabled this login.",
  unavailable: "FlinksCapital cannot be reached. Try again later.",
  wrongAnswer: "The answer is wrong. Try again.",
  startOver: "That did not work. Sign in again.",
  refusedTitle: "This page cannot be opened",
  refusedToken: "The authorizeToken is missing, spent or too old. Every page needs a new one.",
  refusedRedirect: "redirectUrl must be a whole http: or https: URL.",
  refusedFlow: "The page is too old. Close it and start again.",
};

export type Texts = typeof english;

const french: Texts = {
  notice: "Cette page remplace Flinks Connect pour des tests. N’utilisez aucun identifiant réel.",
  users: "Utilisateurs de l’institution de test",
  usersPassword: "Leur mot de passe est Everyday.",
  loginTitle: "Connexion à FlinksCapital",
  username: "Nom d’utilisateur",
  password: "Mot de passe",
  signIn: "Se connecter",
  questionsTitle: "Répondez aux questions de sécurité",
  chosenQuestion: "Question",
  chosenNumber: "Numéro de téléphone",
  yourAnswer: "Votre réponse",
  how: "Comment souhaitez-vous recevoir le code ?",
  text: "Message texte",
  call: "Appel téléphonique",
  image: "Image",
  continue: "Continuer",
  accountsTitle: "Choisissez un compte",
  account: "Compte",
  doneTitle: "Vous êtes connecté",
  doneText: "Vous allez être redirigé.",
  closeText: "Vous pouvez fermer cette page.",
  problemTitle: "Il y a un problème",
  needed: "champ obligatoire",
  credentials: "Le nom d’utilisateur ou le mot de passe est incorrect.",
  disabled: "FlinksCapital a désactivé cet accès.",
  unavailable: "FlinksCapital n’est pas accessible. Réessayez plus tard.",
  wrongAnswer: "La réponse est incorrecte. Réessayez.",
  startOver: "L’opération a échoué. Connectez-vous de nouveau.",
  refusedTitle: "Cette page ne peut pas être ouverte",
  refusedToken: "Le jeton authorizeToken est absent, déjà utilisé ou trop ancien. Chaque page en demande un nouveau.",
  refusedRedirect: "redirectUrl doit être une adresse http: ou https: complète.",
  refusedFlow: "La page est trop ancienne. Fermez-la et recommencez.",
};

export const texts: Readonly<Record<Language, Texts>> = { en: english, fr: french };
